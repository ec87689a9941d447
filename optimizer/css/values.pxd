"""Writes values."""

from libc.stdint cimport uint8_t


cdef class Values:
    cdef uint8_t *data
    cdef size_t size, room
    cdef int put(self, const uint8_t *start, const uint8_t *end) except -1 nogil
    cdef int put_byte(self, uint8_t byte) except -1 nogil
    cdef int value(
        self, const uint8_t *cursor, const uint8_t *end, const uint8_t *name, const uint8_t *name_end
    ) except -1 nogil
    cdef int number(self, const uint8_t *start, const uint8_t *end, bint drops_unit) except -1 nogil
    cdef int colour(self, const uint8_t *start, const uint8_t *end) except -1 nogil
