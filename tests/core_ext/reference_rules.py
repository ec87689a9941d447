"""The slow oracle of the rules: docs/lexer.md, "Rules" and "Joins", on the oracle's own tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import reference_families as families
from reference import pack_step, unpack_step
from reference_lexer import COMMENT, CSS, END_TAG, FOREIGN, LAST, PRESERVE, START, TEXT, Token, lex
from reference_neighbours import Judged, misplaced
from reference_selectors import may_drop, selects
from reference_tags import rewrite_tag

KEEP, DROP_COMMENT, COLLAPSE_WS, DROP_WS_TEXT, NORMALIZE_TAG, DROP_OPTIONAL_END, DROP_EMPTY_ATTR, DROP_UNUSED_RULE = (
    range(8)
)
ATTESTED = range(128, 135)
STATE_MASK = 0x7F
JOIN_RISK, AFTER_SPACE, AFTER_LF = 0x200, 0x1000, 0x2000
_SPECIAL_COMMENT = re.compile(rb"<!--\[if|<!--<!\[|<!\[|<!--#", re.IGNORECASE)
_TABLE_PARTS = set(b"table tbody thead tfoot tr colgroup".split())
_EATS_NEWLINE = set(b"pre listing textarea".split())
_OPEN_REFERENCE = re.compile(rb"&[A-Za-z0-9#]*\Z")
_END = re.compile(rb"</([^\t\n\f\r />]+)[\t\n\f\r ]*>")
_NAME = re.compile(rb"<([^\t\n\f\r />]*)")


class Refused(Exception):
    """The rule may not be applied to this token in this state."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What rules made of a page. `starts` has one entry more than there are tokens; `attested` counts bytes saved."""

    optimized: bytes
    steps: bytes
    kinds: bytes
    starts: list[int]
    attested: int


def rewrite(rule: int, kind: int, flags: int, data: bytes) -> bytes:
    """The bytes of the token that comes out, empty if none does. Raises Refused."""
    is_fresh = flags & STATE_MASK == 0
    if rule == KEEP:
        return data
    if rule == DROP_COMMENT and kind == COMMENT and is_fresh and len(data) < 1024:
        if not flags & JOIN_RISK and not _SPECIAL_COMMENT.match(data):
            return b""
    elif rule == COLLAPSE_WS and kind == TEXT and is_fresh and not flags & PRESERVE:
        return re.sub(rb"[ \t\r\n]+", lambda run: _collapsed(run, flags), data)
    elif rule == DROP_WS_TEXT and kind == TEXT and is_fresh and not flags & (FOREIGN | PRESERVE | LAST):
        if not data.strip(b"\t\n\r "):
            return b""
    elif rule == DROP_OPTIONAL_END and kind == END_TAG and is_fresh and not flags & (FOREIGN | LAST):
        match = _END.fullmatch(data)
        if match and families.bits(match[1].lower(), families.OWN):
            return b""
    elif rule == DROP_UNUSED_RULE and kind == CSS and len(data) <= 1024:
        if may_drop(flags, data):
            return b""
    elif rule in (NORMALIZE_TAG, DROP_EMPTY_ATTR) and is_fresh:
        result = rewrite_tag(rule == DROP_EMPTY_ATTR, kind, flags, data)
        if result is not None:
            return result
    raise Refused


def _collapsed(run: re.Match[bytes], flags: int) -> bytes:
    kept = b"\n" if re.search(rb"[\r\n]", run[0]) else b" "
    if run.start() == 0 and (flags & AFTER_LF or (flags & AFTER_SPACE and kept == b" ")):
        return b""
    return kept


def trace(page: bytes, rules: Sequence[int], replacements: Mapping[int, bytes] | None = None) -> Trace:
    """Applies one rule to each token of a page; an attested rule puts its replacement there. Raises Refused."""
    given = dict(replacements or {})
    tokens = lex(page)
    out: list[bytes] = []
    kinds = bytearray()
    steps = bytearray()
    emitted = attested = 0
    for index, (token, rule) in enumerate(zip(tokens, rules, strict=True)):
        flags = token.flags | emitted
        if token.flags & STATE_MASK >= 64:
            flags = token.flags
        source = page[token.start : token.end]
        result = given.pop(index, b"") if rule in ATTESTED else rewrite(rule, token.kind, flags, source)
        if len(result) > 1024:
            raise Refused
        steps += pack_step(rule, 1 if result else 0, flags, token.depth, token.parent, len(out), attested)
        if rule in ATTESTED:
            attested = (attested + len(source) - len(result)) % 2**32
        if result:
            out.append(result)
            kinds.append(token.kind)
        if token.flags & STATE_MASK >= 64:
            emitted = JOIN_RISK
        elif result:
            emitted = _after(page, tokens, token, result, emitted)
    if given:
        raise Refused
    _require_surroundings(page, tokens, bytes(steps), out)
    starts = [0]
    for result in out:
        starts.append(starts[-1] + len(result))
    return Trace(b"".join(out), bytes(steps), bytes(kinds), starts, attested)


def _require_surroundings(page: bytes, tokens: Sequence[Token], steps: bytes, out: Sequence[bytes]) -> None:
    """Rules 3, 5 and 7 by more than their own token. Raises Refused."""
    judged = []
    for i, token in enumerate(tokens):
        rule, emits, flags, _, _, place, _ = unpack_step(steps[18 * i : 18 * i + 18])
        data = out[place] if emits else b""
        judged.append(
            Judged(token.kind, page[token.start : token.end], rule, emits, flags, token.depth, token.parent, data)
        )
    if misplaced(judged):
        raise Refused
    for each in judged:
        if each.rule == DROP_UNUSED_RULE and each.flags & STATE_MASK == 64:
            for i, element in enumerate(judged):
                if element.kind == START and element.is_tag and selects(each.data, around(judged, i)):
                    raise Refused


def around(judged: Sequence[Judged], i: int) -> list[bytes]:
    """A start tag, and those of the elements around it, outwards."""
    tags = []
    while i < len(judged):
        tags.append(judged[i].data)
        i = judged[i].parent
    return tags


def _after(page: bytes, tokens: Sequence[Token], token: Token, result: bytes, before: int) -> int:
    """The three bits that an emitted token leaves behind ("Joins")."""
    if token.kind == START:
        if token.flags & STATE_MASK:
            return before
        return JOIN_RISK if _name(page, token) in _EATS_NEWLINE else 0
    if result == b"</>":
        return before
    if token.kind != TEXT:
        return 0
    bits = 0
    parent = tokens[token.parent] if token.depth else None
    if (
        (parent is not None and parent.kind == START and _name(page, parent) in _TABLE_PARTS)
        or result.endswith(b"<")
        or _OPEN_REFERENCE.search(result)
        or (before & JOIN_RISK and re.fullmatch(rb"[A-Za-z0-9#]*", result))
    ):
        bits |= JOIN_RISK
    if not token.flags & PRESERVE and result[-1:] in (b" ", b"\t", b"\n", b"\r"):
        bits |= AFTER_LF if result[-1:] in (b"\n", b"\r") else AFTER_SPACE
    return bits


def _name(page: bytes, token: Token) -> bytes:
    # The start tag's first piece may end inside the name; no name that matters is so long.
    match = _NAME.match(page, token.start)
    return match[1].lower() if match else b""
