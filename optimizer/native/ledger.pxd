"""The edits of a page."""

cimport cython
from libc.stdint cimport uint8_t, uint32_t


@cython.final
cdef class Edit:
    cdef readonly Py_ssize_t start
    cdef readonly Py_ssize_t stop
    cdef readonly bytes replacement
    cdef readonly int rule
    """The rule of docs/PROTOCOL.md that the tokens are marked with."""
    cdef readonly str group
    """Which edits belong together: the pass's name, ":", and what in the page it is about."""
    cdef readonly int row
    """The row of the parser's tree whose fate it is, or -1."""
    cdef readonly int fate
    """What becomes of that row (optimizer.native.skeleton)."""


cdef class Ledger:
    cdef bytes page
    cdef object starts
    cdef Py_ssize_t count
    cdef bytearray claimed
    cdef readonly list edits
    cdef list ordered
    cdef bint is_ordered
    cdef bint has_claim(self, Py_ssize_t start, Py_ssize_t stop)
    cdef bint fits(self, Edit edit)
    cdef list in_order(self)


cdef Py_ssize_t token_at(const uint32_t[::1] starts, Py_ssize_t count, Py_ssize_t place) noexcept
