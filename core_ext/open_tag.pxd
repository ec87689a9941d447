"""One start tag as selectors see it: its name and attributes, as far as its first piece shows them."""

from libc.stdint cimport uint8_t, uint16_t

cdef enum:
    MOST_ATTRIBUTES = 520


cdef struct Named:
    uint16_t name
    uint16_t name_end
    uint16_t value
    uint16_t value_end


cdef struct OpenTag:
    Named attributes[MOST_ATTRIBUTES]
    size_t count
    uint16_t name_end
    bint is_blurred     # may have any class, id and attribute: it goes on in another piece, or one is written "&...;"


cdef void read_tag(const uint8_t *data, size_t size, OpenTag *tag) noexcept nogil
