"""Where things end: pure searches in a page, one for each kind of token."""

from core_ext.elements cimport Name
from core_ext.machine cimport (
    ENDS_AFTER, S_SLASH, S_TAG_NAME, S_VALUE_DQ, S_VALUE_SQ, is_letter, is_space, tag_step,
)
from libc.stdint cimport uint8_t
from libc.string cimport memchr


cdef inline const uint8_t *find(const uint8_t *start, const uint8_t *end, uint8_t c) noexcept nogil:
    cdef const void *hit = memchr(start, c, end - start) if start < end else NULL
    return <const uint8_t *>hit if hit != NULL else end


cdef inline const uint8_t *past(const uint8_t *start, const uint8_t *end, uint8_t c) noexcept nogil:
    cdef const uint8_t *hit = find(start, end, c)
    return hit + 1 if hit < end else end


cdef inline bint closes_itself(const uint8_t *start, const uint8_t *last) noexcept nogil:
    """Whether the "/" before the ">" at `last` stands by itself, and is not the end of an unquoted value."""
    cdef int state = S_TAG_NAME
    cdef const uint8_t *cursor = start
    while cursor < last:
        state = tag_step(state, cursor[0])
        cursor += 1
    return state == S_SLASH


cdef inline const uint8_t *tag_end(const uint8_t *start, const uint8_t *end, bint *is_self_closing) noexcept nogil:
    """The byte after the tag whose name begins at `start`."""
    cdef int state = S_TAG_NAME
    cdef const uint8_t *cursor = start
    while cursor < end:
        state = tag_step(state, cursor[0])
        cursor += 1
        if state == ENDS_AFTER:
            is_self_closing[0] = cursor[-2] == 0x2F and closes_itself(start, cursor - 1)
            return cursor
        if state == S_VALUE_DQ:
            cursor = find(cursor, end, 0x22)
        elif state == S_VALUE_SQ:
            cursor = find(cursor, end, 0x27)
    is_self_closing[0] = False
    return end


cdef inline const uint8_t *comment_end(const uint8_t *start, const uint8_t *end) noexcept nogil:
    """The byte after the comment whose "<!--" is at `start`."""
    cdef const uint8_t *body = start + 4
    cdef const uint8_t *cursor = body
    while True:
        cursor = find(cursor, end, 0x3E)
        if cursor == end:
            return end
        if cursor == body or (cursor == body + 1 and body[0] == 0x2D):
            return cursor + 1
        if cursor - body >= 2 and cursor[-1] == 0x2D and cursor[-2] == 0x2D:
            return cursor + 1
        if cursor - body >= 3 and cursor[-1] == 0x21 and cursor[-2] == 0x2D and cursor[-3] == 0x2D:
            return cursor + 1
        cursor += 1


cdef inline const uint8_t *cdata_end(const uint8_t *start, const uint8_t *end) noexcept nogil:
    cdef const uint8_t *cursor = start + 9
    while True:
        cursor = find(cursor, end, 0x3E)
        if cursor == end:
            return end
        if cursor - start >= 11 and cursor[-1] == 0x5D and cursor[-2] == 0x5D:
            return cursor + 1
        cursor += 1


cdef inline bint is_end_tag(const uint8_t *cursor, const uint8_t *end, const Name *name) noexcept nogil:
    """Whether the "<" at `cursor` begins an end tag of that raw text element (13.2.5, "appropriate end tag token")."""
    cdef size_t i
    cdef uint8_t c
    if <size_t>(end - cursor) < name.size + 3 or cursor[1] != 0x2F:
        return False
    for i in range(name.size):
        c = cursor[2 + i]
        if (c | 0x20) != (name.start[i] | 0x20) or not is_letter(c):
            return False
    c = cursor[2 + name.size]
    return is_space(c) or c == 0x2F or c == 0x3E


cdef inline const uint8_t *raw_end(const uint8_t *start, const uint8_t *end, const Name *name) noexcept nogil:
    cdef const uint8_t *cursor = start
    while True:
        cursor = find(cursor, end, 0x3C)
        if cursor == end or is_end_tag(cursor, end, name):
            return cursor
        cursor += 1


cdef inline bint is_cdata(const uint8_t *start, const uint8_t *end) noexcept nogil:
    cdef const char *opening = b"<![CDATA["
    cdef size_t i
    if end - start < 9:
        return False
    for i in range(9):
        if start[i] != <uint8_t>opening[i]:
            return False
    return True


cdef inline bint begins_markup(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether the "<" at `cursor` ends a text (13.2.5.6 and 13.2.5.7)."""
    if cursor + 1 == end:
        return False
    if cursor[1] == 0x2F:
        return cursor + 2 < end
    return is_letter(cursor[1]) or cursor[1] == 0x21 or cursor[1] == 0x3F
