"""What a proven rule makes of one token."""

from libc.stdint cimport uint8_t, uint16_t

cdef enum:
    R_KEEP = 0
    R_DROP_COMMENT = 1
    R_COLLAPSE_WS = 2
    R_DROP_WS_TEXT = 3
    R_NORMALIZE_TAG = 4
    R_DROP_OPTIONAL_END = 5
    R_DROP_EMPTY_ATTR = 6
    R_DROP_UNUSED_RULE = 7
    # Rules from here on are attested, not proven.
    R_ATTESTED = 128
    R_LAST_ATTESTED = 134
    REFUSED = -1


cdef inline bint is_attested(int rule) noexcept nogil:
    return R_ATTESTED <= rule <= R_LAST_ATTESTED


cdef inline bint is_collapsible(uint8_t c) noexcept nogil:
    """White-space of CSS (Text 3, 4.1), which leaves out FF: browsers do not collapse that."""
    return c == 0x20 or c == 0x0A or c == 0x09 or c == 0x0D


cdef Py_ssize_t apply(
    int rule, int kind, uint16_t flags, const uint8_t *data, size_t size, uint8_t *out
) noexcept nogil
