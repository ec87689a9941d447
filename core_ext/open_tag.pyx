"""Takes a start tag apart with the lexer's own machine."""

from core_ext.machine cimport (
    ENDS_AFTER, S_BEFORE_VALUE, S_NAME, S_TAG_NAME, S_VALUE, S_VALUE_DQ, S_VALUE_SQ, matches, tag_step,
)
from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memchr


cdef void read_tag(const uint8_t *data, size_t size, OpenTag *tag) noexcept nogil:
    """Reads a START piece; repeated attributes are all listed, though the parser keeps the first."""
    cdef int state = S_TAG_NAME, before
    cdef size_t i
    cdef Named *a = NULL
    tag.count = 0
    tag.name_end = <uint16_t>size
    tag.is_blurred = True
    for i in range(1, size):
        before = state
        state = tag_step(state, data[i])
        if before == S_TAG_NAME and state != S_TAG_NAME:
            tag.name_end = <uint16_t>i
        if before == S_NAME and state != S_NAME:
            a.name_end = <uint16_t>i
        elif before == S_BEFORE_VALUE and state != S_BEFORE_VALUE:
            if state != ENDS_AFTER:
                a.value = <uint16_t>(i if state == S_VALUE else i + 1)
                a.value_end = a.value
        elif (before == S_VALUE or before == S_VALUE_DQ or before == S_VALUE_SQ) and state != before:
            a.value_end = <uint16_t>i
        if state == S_NAME and before != S_NAME:
            if tag.count == MOST_ATTRIBUTES:
                return
            a = &tag.attributes[tag.count]
            tag.count += 1
            a.name = <uint16_t>i
            a.name_end = <uint16_t>size
            a.value = 0
            a.value_end = 0
        if state == ENDS_AFTER:
            tag.is_blurred = False
            break
    for i in range(tag.count):
        a = &tag.attributes[i]
        if has_reference(data, a):
            tag.is_blurred = True


cdef bint has_reference(const uint8_t *data, const Named *a) noexcept nogil:
    """Whether a class or id is written with "&"."""
    cdef size_t size = a.name_end - a.name
    if not (size == 5 and matches(data + a.name, 5, b"class")) and not (size == 2 and matches(data + a.name, 2, b"id")):
        return False
    return a.value_end > a.value and memchr(data + a.value, 0x26, a.value_end - a.value) != NULL
