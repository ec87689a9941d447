"""An index of a page's start tags, for finding one that a style rule matches (docs/lexer.md, "Rules" 7)."""

from core_ext.machine cimport is_letter, matches
from core_ext.open_tag cimport OpenTag
from core_ext.steps cimport Steps
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef enum:
    NOBODY = 0xFFFFFFFF

# An element with a start tag.
cdef struct Element:
    uint32_t token
    uint32_t around     # the element around it, or NOBODY
    uint64_t mine       # a filter of its own names
    uint64_t all        # and of those of all elements around it
    uint32_t type       # the hash of its type; 0 where it counts as two
    uint16_t name_end   # of its type's name in the tag
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


cdef inline uint32_t hash_start(int kind) noexcept nogil:
    return <uint32_t>2166136261 ^ <uint32_t>kind


cdef inline uint32_t step_hash(uint32_t hash, uint8_t c) noexcept nogil:
    return (hash ^ (c | 0x20 if is_letter(c) else c)) * <uint32_t>16777619


cdef inline uint64_t bit_of(uint32_t hash) noexcept nogil:
    hash = hash * <uint32_t>0x9E3779B1
    return <uint64_t>1 << (hash >> 26) | <uint64_t>1 << (hash >> 20 & 63)


cdef inline bint is_image(const uint8_t *tag, const OpenTag *read) noexcept nogil:
    """In HTML "image" makes an img (WHATWG HTML 13.2.6.4.7), in SVG it is itself: it counts as both."""
    return read.name_end == 6 and matches(tag + 1, 5, b"image")


cdef bint build_index(const Steps *t, Index *index) noexcept nogil
cdef void free_index(Index *index) noexcept nogil
