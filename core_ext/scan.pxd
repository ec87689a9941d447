"""Where things end: pure searches in a page, one for each kind of token."""

from core_ext.elements cimport Name
from core_ext.machine cimport S_IDENT, S_RULE, Rule, is_ident, is_letter, is_space, rule_step
from libc.stdint cimport uint8_t

cdef enum:
    # Classes of bytes in a tag.
    SPACE_OR_END = 1
    SLASH = 2
    EQUALS = 4

cdef extern from "scan_bytes.h" nogil:
    const uint8_t *ld_find(const uint8_t *at, const uint8_t *end, uint8_t wanted) noexcept
    const uint8_t *ld_css_stop(const uint8_t *at, const uint8_t *end, bint at_semicolon) noexcept
    const uint8_t *ld_tag_stop(const uint8_t *at, const uint8_t *end, int classes) noexcept


cdef inline const uint8_t *find(const uint8_t *start, const uint8_t *end, uint8_t c) noexcept nogil:
    return ld_find(start, end, c)


cdef inline const uint8_t *past(const uint8_t *start, const uint8_t *end, uint8_t c) noexcept nogil:
    cdef const uint8_t *hit = find(start, end, c)
    return hit + 1 if hit < end else end


cdef inline const uint8_t *tag_end(const uint8_t *start, const uint8_t *end, bint *is_self_closing) noexcept nogil:
    """The byte after the tag whose name begins at `start`: tag_step, a run of bytes at a time."""
    cdef const uint8_t *cursor = ld_tag_stop(start, end, SPACE_OR_END | SLASH)
    is_self_closing[0] = False
    while cursor < end:
        # Before a name: white-space, "/", ">", or whatever the name begins with, be it "=".
        if cursor[0] == 0x3E:
            is_self_closing[0] = cursor[-1] == 0x2F and cursor > start
            return cursor + 1
        if is_space(cursor[0]) or cursor[0] == 0x2F:
            cursor += 1
            continue
        cursor = ld_tag_stop(cursor + 1, end, SPACE_OR_END | SLASH | EQUALS)
        while cursor < end and is_space(cursor[0]):
            cursor += 1
        if cursor == end or cursor[0] != 0x3D:
            continue
        cursor += 1
        while cursor < end and is_space(cursor[0]):
            cursor += 1
        if cursor == end:
            return end
        if cursor[0] == 0x22 or cursor[0] == 0x27:
            cursor = ld_find(cursor + 1, end, cursor[0])
            # What follows a value in quotes is as good as behind a space; a ">" there is behind no "/".
            cursor += cursor < end
            continue
        cursor = ld_tag_stop(cursor, end, SPACE_OR_END)
        if cursor < end and cursor[0] == 0x3E:
            return cursor + 1
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


cdef inline int state_behind(const uint8_t *start, const uint8_t *at, int state, Rule *rule) noexcept nogil:
    """The state of a rule at `at`, when it was `state` at `start` and no byte that stops ld_css_stop came between.

    Only the last four bytes tell: a name of four is no "url" any more.
    """
    cdef const uint8_t *cursor = at
    while cursor > start and at - cursor < 4 and is_ident(cursor[-1]):
        cursor -= 1
    if at - cursor == 4:
        return S_IDENT
    if cursor > start:
        state = S_IDENT if cursor[-1] == 0x23 or cursor[-1] == 0x40 else S_RULE
    while cursor < at:
        state = rule_step(state, cursor[0], rule)
        cursor += 1
    return state
