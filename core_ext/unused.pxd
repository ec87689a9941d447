"""Which start tags a style rule matches (docs/lexer.md, "Rules" 7)."""

from core_ext.start_tags cimport Index
from core_ext.steps cimport Steps
from libc.stdint cimport uint32_t, uint64_t

cdef enum:
    NO_MATCH = 0
    MATCH = 1
    UNTOLD = 2          # the budget is spent, or nothing of the grammar is there


# What is asked of elements for one compound of a selector, by hashes: what they do not have need not be read for.
cdef struct Asked:
    uint64_t own        # a filter of the compound's names
    uint64_t upto       # and of those of all compounds before it: of elements further out
    uint32_t type       # the hash of its type, or 0


# Where a match was found: the START tokens, from the element outwards.
cdef struct Match:
    uint32_t tokens[520]
    size_t count


cdef int find_match(const Steps *t, Index *index, size_t rule, Match *match) noexcept nogil
