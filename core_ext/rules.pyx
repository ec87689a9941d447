"""Proven rules as pure functions of one token and its committed state.

Normative text: docs/lexer.md, "Rules". Rules 3, 5 and 7 ask for more than one token: what stands beside it is
judged in neighbours.pyx, what a style rule matches in unused.pyx. Attested rules are no functions of a token.
"""

from core_ext.constants import COLLAPSE_WS, DROP_COMMENT, KEEP
from core_ext.machine cimport S_DATA, is_space, matches
from core_ext.elements cimport Name, read_name
from core_ext.families cimport family_of
from core_ext.selector cimport may_drop_style
from core_ext.tags cimport rewrite_tag
from libc.stdint cimport uint8_t, uint16_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

cdef enum:
    K_END = 3
    K_TEXT = 4
    K_COMMENT = 5
    K_CSS = 8
    PIECE = 1024
    F_FOREIGN = 0x0080
    F_PRESERVE = 0x0100
    F_JOIN_RISK = 0x0200
    F_LAST = 0x0800
    F_AFTER_SPACE = 0x1000
    F_AFTER_LF = 0x2000

assert (KEEP, DROP_COMMENT, COLLAPSE_WS) == (R_KEEP, R_DROP_COMMENT, R_COLLAPSE_WS)


cdef bint may_drop_comment(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """A whole comment that no old browser, server or neighbouring text reads anything into."""
    if flags & 0x7F != S_DATA or flags & F_JOIN_RISK or size >= PIECE:
        return False
    if matches(data, size, b"<!--[if") or matches(data, size, b"<!--<![") or matches(data, size, b"<!["):
        return False
    return not matches(data, size, b"<!--#")


cdef size_t collapse(uint16_t flags, const uint8_t *data, size_t size, uint8_t *out) noexcept nogil:
    """Each run of white-space becomes one line feed if it has a line end, else one space.

    A run at the start goes altogether where the text before ends in white-space that says as much.
    """
    cdef size_t i = 0, length = 0
    cdef uint8_t kept
    while i < size:
        if not is_collapsible(data[i]):
            out[length] = data[i]
            length += 1
            i += 1
            continue
        kept = 0x20
        while i < size and is_collapsible(data[i]):
            if data[i] == 0x0A or data[i] == 0x0D:
                kept = 0x0A
            i += 1
        if length == 0 and (flags & F_AFTER_LF or (flags & F_AFTER_SPACE and kept == 0x20)):
            continue
        out[length] = kept
        length += 1
    return length


cdef bint may_drop_text(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """A text of nothing but white-space, whose neighbours then decide."""
    cdef size_t i
    if flags & (0x7F | F_FOREIGN | F_PRESERVE | F_LAST):
        return False
    for i in range(size):
        if not is_collapsible(data[i]):
            return False
    return True


cdef bint may_drop_end(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """An end tag without attributes that what comes next may stand for."""
    cdef Name name
    cdef size_t i
    if flags & (0x7F | F_FOREIGN | F_LAST) or size < 4 or data[0] != 0x3C or data[1] != 0x2F:
        return False
    name = read_name(data + 2, data + size)
    for i in range(2 + name.size, size - 1):
        if not is_space(data[i]):
            return False
    return 2 + name.size < size and data[size - 1] == 0x3E and family_of(&name).own != 0


cdef Py_ssize_t apply(
    int rule, int kind, uint16_t flags, const uint8_t *data, size_t size, uint8_t *out
) noexcept nogil:
    """Writes what the rule makes of a token and gives its length, 0 where it emits nothing, or REFUSED."""
    if rule == R_KEEP:
        memcpy(out, data, size)
        return size
    if rule == R_DROP_COMMENT:
        return 0 if kind == K_COMMENT and may_drop_comment(flags, data, size) else REFUSED
    if rule == R_COLLAPSE_WS:
        if kind != K_TEXT or flags & F_PRESERVE or flags & 0x7F != S_DATA:
            return REFUSED
        return collapse(flags, data, size, out)
    if rule == R_DROP_WS_TEXT:
        return 0 if kind == K_TEXT and may_drop_text(flags, data, size) else REFUSED
    if rule == R_DROP_OPTIONAL_END:
        return 0 if kind == K_END and may_drop_end(flags, data, size) else REFUSED
    if rule == R_DROP_UNUSED_RULE:
        return 0 if kind == K_CSS and size <= PIECE and may_drop_style(flags, data, size) else REFUSED
    if rule == R_NORMALIZE_TAG or rule == R_DROP_EMPTY_ATTR:
        return rewrite_tag(rule == R_DROP_EMPTY_ATTR, kind, flags, data, size, out)
    return REFUSED


def apply_rule(int rule, int kind, int flags, const uint8_t[::1] data not None) -> tuple[int, bytes] | None:
    """(1, bytes) or (0, b"") as the rule emits a token or none; None where it may not be applied."""
    cdef size_t size = data.shape[0]
    cdef uint8_t *out
    cdef Py_ssize_t length
    if size == 0:
        return None
    out = <uint8_t *>malloc(size)
    if out == NULL:
        raise MemoryError
    try:
        length = apply(rule, kind, <uint16_t>flags, &data[0], size, out)
        if length == REFUSED:
            return None
        return (1 if length else 0), (<const char *>out)[:length]
    finally:
        free(out)
