"""The slow oracle of rules on neighbours: docs/lexer.md, "Rules" 3, 5 and 7, on a whole trace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import reference_families as families
from reference_lexer import COMMENT, CSS, END_TAG, START, TEXT

_TAG = re.compile(rb"</?([^\t\n\f\r />]*)")
MOST_PASSED = 3
MOST_WRAPS = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A token with its step, and what was put out for it."""

    kind: int
    data: bytes
    rule: int
    emits: int
    flags: int
    depth: int
    parent: int
    out: bytes

    @property
    def is_tag(self) -> bool:
        """A tag's first piece."""
        return self.kind in (START, END_TAG) and self.flags & 0x7F == 0

    @property
    def name(self) -> bytes:
        match = _TAG.match(self.data)
        return match[1].lower() if match else b""


def misplaced(trace: Sequence[Judged]) -> list[int]:
    """The steps whose neighbours do not allow their rule."""
    judges = {3: _is_text_placed, 5: _is_end_placed, 7: _is_style_whole}
    return [i for i, each in enumerate(trace) if each.rule in judges and not judges[each.rule](trace, i)]


def _is_text_placed(trace: Sequence[Judged], i: int) -> bool:
    if not 0 < i < len(trace) - 1:
        return False
    before, text, behind = trace[i - 1 : i + 2]
    if before.kind == START and text.depth == before.depth + 1 and behind.kind == END_TAG:
        return False
    is_nested = not (before.kind == END_TAG and before.depth != text.depth + 1)
    if behind.kind == END_TAG:
        is_nested &= text.parent < i and trace[text.parent].kind == START and trace[text.parent].name == behind.name
    if before.is_tag and behind.is_tag and is_nested:
        names = {before.name, behind.name}
        if names <= families.BLOCK | families.EDGE and names & families.BLOCK:
            return True
        if names <= families.PART and _is_in_table(trace, i):
            return True
    return behind.kind != TEXT and not any(_is_content(each) for each in trace[:i])


def _is_in_table(trace: Sequence[Judged], i: int) -> bool:
    for _ in range(MOST_WRAPS):
        around = trace[i].parent
        if around >= i or trace[around].kind != START:
            return False
        if trace[around].name == b"table":
            return True
        if trace[around].name not in families.WRAP:
            return False
        i = around
    return False


def _is_content(token: Judged) -> bool:
    if token.is_tag:
        return token.name not in families.HEAD
    return token.kind == TEXT and bool(token.data.strip(b"\t\n\f\r "))


def _is_end_placed(trace: Sequence[Judged], i: int) -> bool:
    own = families.bits(trace[i].name, families.OWN)
    rest = list(trace[i + 1 :])
    if not rest or rest[0].depth != trace[i].depth - 1:
        return False
    passed = 0
    while rest and rest[0].kind in (TEXT, COMMENT) and not rest[0].emits:
        passed += 1
        del rest[0]
    if passed > MOST_PASSED or not rest or not rest[0].is_tag:
        return False
    closer = rest[0]
    if closer.rule >= 128:
        match = _TAG.match(closer.out)
        is_same = match is not None and match.end() < len(closer.out) and match[1].lower() == closer.name
        if not is_same or closer.out.startswith(b"</") != (closer.kind == END_TAG):
            return False
    if closer.kind == START:
        return bool(families.bits(closer.name, families.STARTS) & own)
    closes = bool(families.bits(closer.name, families.ENDS) & own)
    return closes and len(rest) > 1 and rest[1].depth == closer.depth - 1


def _is_style_whole(trace: Sequence[Judged], i: int) -> bool:
    def is_later(at: int) -> bool:
        return 0 < at < len(trace) and trace[at - 1].kind == trace[at].kind == CSS and trace[at].flags & 0x7F >= 69

    return not (is_later(i) and trace[i - 1].rule != 7) and not (is_later(i + 1) and trace[i + 1].rule != 7)
