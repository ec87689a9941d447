"""Writes CSS in fewer bytes."""

from libc.stdint cimport int32_t, uint8_t
from optimizer.css.declarations cimport Declaration, Declarations
from optimizer.css.values cimport Values


cdef class Writer(Values):
    cdef int selector(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil
    cdef int prelude(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil
    cdef int declarations(self, const uint8_t *base, Declarations read, int32_t first, int32_t last) except -1 nogil
    cdef int declaration(self, const uint8_t *base, Declaration *read) except -1 nogil
    cdef int fold_sides(self, size_t begin) except -1 nogil
    cdef bint equal(self, size_t *starts, int a, int b) noexcept nogil
