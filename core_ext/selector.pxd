"""A style rule as rule 7 reads it: its selectors made wider, and whether browsers end it where the lexer does.

Normative text: docs/lexer.md, "Rules" 7 and "Selectors".
"""

from libc.stdint cimport uint8_t, uint16_t

cdef enum:
    # More parts than a piece of 1 024 bytes can hold.
    MOST_PARTS = 520
    TYPE = 1
    CLASS = 2
    ID = 3
    ATTRIBUTE = 4


# One simple selector: where its name stands in the piece, escapes included.
cdef struct Part:
    uint8_t kind
    uint16_t name
    uint16_t name_end


# Compounds of selector s are firsts[s] to firsts[s + 1]; parts of compound c are compounds[c] to compounds[c + 1].
# All of a selector's compounds match open elements, the last one the element itself.
cdef struct Selectors:
    Part parts[MOST_PARTS]
    uint16_t compounds[MOST_PARTS]
    uint16_t firsts[MOST_PARTS]
    size_t part_count
    size_t compound_count
    size_t count


cdef size_t read_selectors(const uint8_t *data, size_t size, Selectors *read) noexcept nogil
cdef bint may_drop_style(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil
cdef bint is_named(const uint8_t *data, const Part *part, const uint8_t *name, size_t size) noexcept nogil
