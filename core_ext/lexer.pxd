"""The tokens of a page, as columns."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef class Tokens:
    cdef readonly Py_ssize_t count
    cdef readonly object page
    cdef readonly bytes kinds
    cdef readonly object starts
    cdef readonly object flags
    cdef readonly object depths
    cdef readonly object parents
