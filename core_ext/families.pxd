"""What the rules on neighbours know of elements by their names (docs/lexer.md, "Families")."""

from core_ext.elements cimport Name
from libc.stdint cimport uint8_t, uint16_t

cdef enum:
    BLOCK = 1 << 0  # a block box by default
    EDGE = 1 << 1   # may stand on the other side of white-space beside one
    PART = 1 << 2   # part of a table
    WRAP = 1 << 3   # part of a table that holds others
    HEAD = 1 << 4   # no content of the page


cdef struct Family:
    uint8_t traits
    uint16_t own        # the element's own bit, if its end tag may be left out
    uint16_t starts     # bits of the elements that its start tag closes
    uint16_t ends       # bits of the elements that its end tag closes


cdef Family family_of(const Name *name) noexcept nogil
