"""Proven rules as pure functions of one token and its committed state.

Normative text: docs/lexer.md, "Rules". Rules that are not built yet are refused, never guessed; attested rules are not
functions of a token and so are not here.
"""

from core_ext.constants import COLLAPSE_WS, DROP_COMMENT, KEEP
from core_ext.machine cimport S_DATA, matches
from core_ext.tags cimport rewrite_tag
from libc.stdint cimport uint8_t, uint16_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

cdef enum:
    K_TEXT = 4
    K_COMMENT = 5
    PIECE = 1024
    F_PRESERVE = 0x0100
    F_JOIN_RISK = 0x0200
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
