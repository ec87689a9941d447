"""An index of a page's start tags, for finding one that a style rule matches (docs/lexer.md, "Rules" 7)."""

from core_ext.steps cimport Steps
from libc.stdint cimport uint32_t, uint64_t

# An element with a start tag.
cdef struct Element:
    uint32_t token
    uint32_t around     # the element around it, or NOBODY
    uint64_t mine       # a filter of its own names
    uint64_t all        # and of those of all elements around it
    uint32_t type       # the hash of its type; 0 where it counts as two
    bint is_blurred

# One name of an element: a type, a class, an id, an attribute.
cdef struct Entry:
    uint32_t hash
    uint32_t element
    uint32_t next       # entry with the same bucket, or NOBODY

cdef struct Index:
    Element *elements
    size_t count
    size_t room
    Entry *entries
    size_t entry_count
    size_t entry_room
    uint32_t *buckets
    size_t bucket_mask
    uint32_t *blurred
    size_t blurred_count
    uint32_t *numbers   # of tokens: the element that a START token begins, or NOBODY
    size_t budget       # looks at elements that are left: what a hostile page can cost is bounded


cdef enum:
    NO_MATCH = 0
    MATCH = 1
    UNTOLD = 2          # the budget is spent, or nothing of the grammar is there


# Where a match was found: the START tokens, from the element outwards.
cdef struct Match:
    uint32_t tokens[520]
    size_t count


cdef bint build_index(const Steps *t, Index *index) noexcept nogil
cdef void free_index(Index *index) noexcept nogil
cdef int find_match(const Steps *t, Index *index, size_t rule, Match *match) noexcept nogil
