"""The tokens of a page, as columns."""

from core_ext.state cimport Lexer
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef class Tokens:
    cdef readonly Py_ssize_t count
    cdef readonly object page
    cdef readonly bytes kinds
    cdef readonly object starts
    cdef readonly object flags
    cdef readonly object depths
    cdef readonly object parents


cdef void lex_on(Lexer *lx, size_t most) noexcept nogil
