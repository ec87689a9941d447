"""The check of a single piece: is it, alone and in its state, one legal token or part of one?"""

from libc.stdint cimport uint8_t, uint16_t

cdef bint is_piece(int kind, uint16_t flags, const uint8_t *data, size_t size) noexcept nogil
