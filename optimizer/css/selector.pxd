"""Selectors, read for matching against one page."""

from libc.stdint cimport int32_t, uint8_t
from optimizer.css.parts cimport Parts


cdef class Selectors(Parts):
    cdef int32_t read_list(
        self, const uint8_t *cursor, const uint8_t *end, bint is_relative, int depth
    ) except -2 nogil
    cdef int32_t read_complex(
        self, const uint8_t *start, const uint8_t *end, bint is_relative, int depth
    ) except -2 nogil
    cdef const uint8_t *read_compound(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, int depth
    ) except? NULL nogil
    cdef const uint8_t *read_attribute(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end
    ) except? NULL nogil
    cdef const uint8_t *read_pseudo(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, int depth
    ) except? NULL nogil
    cdef int name_simple(
        self, int32_t compound, int32_t whole, uint8_t kind, const uint8_t *name, const uint8_t *end
    ) except -1 nogil
