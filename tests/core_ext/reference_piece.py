"""The slow oracle of one piece: legal in a state if there is a page that the lexer cuts so.

That page is built: a context that brings the lexer into the state right at a cut, the piece, and nothing or something
behind it. No second machine is needed, and a context that misses its state is an error.
"""

from __future__ import annotations

import reference_lexer as lexer
from reference_lexer import (
    CDATA_OK,
    CSS,
    CSS_AT,
    CSS_HEAD,
    CSS_IN_GROUP,
    CSS_NESTING_SHIFT,
    LAST,
    PIECE_BYTES,
    RAW,
    TEXT,
)

STATE_MASK = 0x7F
# Bits that only style sheets use.
STYLE_ONLY = 0x8000
CSS_NESTING_MASK = 0x1C00
# What leads from the body of a construct into each of its states.
TAG_TAILS = {
    1: b"",
    2: b" ",
    3: b" a",
    4: b" a ",
    5: b" a=",
    6: b' a="',
    7: b" a='",
    8: b" a=a",
    9: b' a=""',
    10: b" /",
}
COMMENT_TAILS = {11: b"", 12: b"-", 13: b"--", 14: b"--!"}
CDATA_TAILS = {17: b"", 18: b"]", 19: b"]]"}
RAW_ELEMENTS = {
    20: b"plaintext",
    21: b"title",
    22: b"textarea",
    23: b"xmp",
    24: b"iframe",
    25: b"noembed",
    26: b"noframes",
    27: b"noscript",
}
_DOUBLE = b"<!--<script a"
SCRIPT_TAILS = {
    30: b"",
    31: b"<",
    32: b"<!",
    33: b"<!-",
    34: b"<!--a",
    35: b"<!--a-",
    36: b"<!--",
    **{37 + i: b"<!--<" + b"script"[:i] for i in range(7)},
    44: _DOUBLE,
    45: _DOUBLE + b"-",
    46: _DOUBLE + b"--",
    47: _DOUBLE + b"<",
    **{48 + i: _DOUBLE + b"</" + b"script"[:i] for i in range(7)},
}
FILL_TAILS = {65: b"", 66: b"/", 67: b"/*", 68: b"/**"}
RULE_TAILS = {
    69: b"",
    70: b"a",
    71: b"\\",
    72: b"/",
    73: b"/*",
    74: b"/**",
    75: b'"',
    76: b'"\\',
    77: b'"\\\r',
    78: b"'",
    79: b"'\\",
    80: b"'\\\r",
    81: b"u",
    82: b"ur",
    83: b"url",
    84: b"url(",
    85: b"url(a",
    86: b"url(\\",
}


def is_token(kind: int, flags: int, data: bytes) -> bool:
    """Whether some page has this piece, with these flags as far as a piece can tell them."""
    if not 0 < len(data) <= PIECE_BYTES or not 0 <= flags <= 0xFFFF:
        return False
    context = _css_context(flags) if kind == CSS else _context(kind, flags)
    if context is None:
        return False
    # Only what comes next ends these: nothing, or (filling cut before a comment's "*") a comment.
    behinds = [b""] if len(data) < PIECE_BYTES else [b"", b"*"]
    if kind not in (TEXT, RAW, CSS) and len(data) < PIECE_BYTES and not flags & LAST:
        behinds = [b"\x00"]
    return any(_is_cut(context, kind, flags & STATE_MASK, data, behind) for behind in behinds)


def _is_cut(context: bytes, kind: int, state: int, data: bytes, behind: bytes) -> bool:
    start = len(context)
    wanted = (kind, state, start, start + len(data))
    tokens = lexer.lex(context + data + behind)
    return any((token.kind, token.flags & STATE_MASK, token.start, token.end) == wanted for token in tokens)


def _context(kind: int, flags: int) -> bytes | None:
    """What stands before a piece of markup, text or raw text; None if no such piece has these flags."""
    state = flags & STATE_MASK
    outside = b"<svg>" if flags & CDATA_OK or kind == lexer.CDATA else b""
    if flags & STYLE_ONLY or (kind == lexer.CDATA and state == 0 and not flags & CDATA_OK):
        return None
    if kind == RAW:
        if state in RAW_ELEMENTS:
            return _filled(b"<" + RAW_ELEMENTS[state] + b">", b"a", b"")
        return _filled(b"<script>", b"a", SCRIPT_TAILS[state]) if state in SCRIPT_TAILS else None
    if state == 0:
        return outside
    openings = {
        (lexer.START, b"<a"): TAG_TAILS,
        (lexer.END_TAG, b"</a"): TAG_TAILS,
        (lexer.COMMENT, b"<!--"): COMMENT_TAILS,
        (lexer.COMMENT, b"<?"): {15: b""},
        (lexer.DOCTYPE, b"<!doctype"): {16: b""},
        (lexer.CDATA, b"<![CDATA["): CDATA_TAILS,
    }
    for (its_kind, opening), tails in openings.items():
        if its_kind == kind and state in tails:
            return outside + _filled(opening, b"a", tails[state], counted=len(opening))
    return None


def _css_context(flags: int) -> bytes | None:
    """What stands before a piece of a style sheet."""
    state = flags & STATE_MASK
    nesting = (flags & CSS_NESTING_MASK) >> CSS_NESTING_SHIFT
    outside = b"<style>" + (b"@media{" if flags & CSS_IN_GROUP else b"")
    if state == 64 or state in FILL_TAILS:
        if flags & (CSS_NESTING_MASK | CSS_AT | CSS_HEAD):
            return None
        return outside if state == 64 else _filled(outside, b" ", FILL_TAILS[state])
    if state not in RULE_TAILS or (flags & CSS_HEAD and (nesting or not flags & CSS_AT)):
        return None
    beginning = b"@media" if flags & CSS_HEAD else b"@x" if flags & CSS_AT else b"a"
    beginning += b"{" * nesting
    return _filled(outside + beginning, b" ", RULE_TAILS[state], counted=len(beginning))


def _filled(opening: bytes, filling: bytes, tail: bytes, counted: int = 0) -> bytes:
    """An opening whose last `counted` bytes, the filling and the tail make one full piece."""
    return opening + filling * (PIECE_BYTES - counted - len(tail)) + tail


def context_flags(kind: int, flags: int) -> int | None:
    """The flags that the lexer itself gives a piece in the context built for these; None if there is no context."""
    context = _css_context(flags) if kind == CSS else _context(kind, flags)
    if context is None:
        return None
    for token in lexer.lex(context + (b" " if kind == CSS else b"\x00")):
        if token.start == len(context):
            return token.flags
    return None
