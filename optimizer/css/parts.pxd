"""Selectors taken apart for matching: complex selectors of compounds of simple ones, linked by index."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from optimizer.css.page_index cimport PageIndex
from optimizer.css.words cimport ScriptNames

cdef enum:
    # Simple selectors.
    ANY = 0         # *
    TYPE = 1
    CLASS = 2
    ID = 3
    ATTRIBUTE = 4
    WILD = 5        # holds in some state, or is not known: may match
    IS = 6
    NOT = 7
    HAS = 8
    NTH = 9
    EMPTY = 10
    ROOT = 11
    # Which place an NTH counts, as in PageIndex.places.
    FROM_START = 0
    FROM_END = 1
    OF_TYPE = 2
    # Flags of a complex selector.
    IS_UNSURE = 1       # a browser may not know it, and then drops the whole list
    IS_BEYOND = 2       # more than PROTOCOL's grammar of DROP_UNUSED_RULE
    IS_DEAD = 4         # names something that neither the page nor its scripts have
    IS_MENTIONED = 8    # a name of it is one that scripts mention


cdef struct Simple:
    uint8_t kind
    uint8_t op              # of an attribute: 0 present, else the sign before `=`; '=' alone for equality
    uint8_t turn            # of an attribute: its value's case is ignored; of NTH: what is counted
    bint is_mentioned
    int32_t atom            # -1: the page has no such name
    int32_t a, b            # NTH: an+b
    int32_t inner           # first complex selector of IS, NOT, HAS; -1: none
    uint32_t value, size    # of an attribute, in the scratch bytes
    int32_t next


cdef struct Compound:
    int32_t first           # simple
    int32_t left            # compound; -1: none
    uint8_t combinator      # towards the left; 0: none
    bint is_makeable        # scripts may make an element that matches
    int32_t is_available    # whether anything can match it and what is left of it; -1: not known yet


cdef struct Complex:
    int32_t last            # compound, the subject
    int32_t next            # in its list
    uint32_t start, end     # in the text
    uint32_t element, element_end   # the name of its pseudo-element; 0: none
    uint8_t flags


cdef class Parts:
    cdef PageIndex page
    cdef ScriptNames names
    cdef bint are_types_wild
    cdef Simple *simples
    cdef Compound *compounds
    cdef Complex *complexes
    cdef uint8_t *scratch
    cdef uint32_t simple_count, simple_room, compound_count, compound_room, complex_count, complex_room
    cdef uint32_t scratch_size, scratch_room
    cdef const uint8_t *base
    cdef void clear(self) noexcept nogil
    cdef int32_t add_simple(self, int32_t compound, uint8_t kind) except -1 nogil
    cdef int32_t add_compound(self) except -1 nogil
    cdef int32_t add_complex(self) except -1 nogil
    cdef int64_t put_name(self, const uint8_t *cursor, const uint8_t *end, bint fold) except -2 nogil
    cdef void put_character(self, uint32_t code) noexcept nogil
    cdef int read_nth(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, uint8_t turn
    ) except -1 nogil
