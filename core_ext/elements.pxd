"""What the lexer knows of elements by their names (WHATWG HTML 13.1.2, 13.2.6; no tree is built)."""

from libc.stdint cimport uint8_t, uint16_t, uint64_t

cdef enum:
    # Traits of a name, as bits.
    VOID = 1 << 0
    PRESERVES = 1 << 1          # its text keeps white-space
    SVG_ROOT = 1 << 2
    MATH_ROOT = 1 << 3
    SVG_INTEGRATION = 1 << 4    # HTML goes on inside, 13.2.6.5 "HTML integration point"
    MATH_INTEGRATION = 1 << 5   # "MathML text integration point"
    ANNOTATION_XML = 1 << 6
    BREAKS_OUT = 1 << 7         # ends foreign content, 13.2.6.5
    FONT = 1 << 8
    FOREIGN_TEXT = 1 << 9       # in foreign content its text is code, or keeps white-space
    TABLE_PART = 1 << 10        # text is buffered here, 13.2.6.4.9
    EATS_NEWLINE = 1 << 11      # a line feed right behind its start tag is dropped
    P_OR_BR = 1 << 12
    LONGEST_NAME = 16


cdef struct Name:
    uint64_t low    # lower-case bytes 0 to 7
    uint64_t high   # lower-case bytes 8 to 15
    size_t size     # of the whole name, also when it is longer than 16
    const uint8_t *start


cdef struct Element:
    uint16_t traits
    uint8_t raw_state   # S_TITLE and so on; 0: not a raw text element; S_CSS: style; S_SCRIPT: script


cdef Name read_name(const uint8_t *start, const uint8_t *end) noexcept nogil
cdef Element element_of(const Name *name) noexcept nogil
cdef bint same_name(const Name *a, const Name *b) noexcept nogil
cdef bint has_attribute(const uint8_t *tag, const uint8_t *end, const char *name, const char *value) noexcept nogil
