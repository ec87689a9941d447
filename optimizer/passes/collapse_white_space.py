"""Runs of white space that show as one space, or not at all.

Each run becomes one newline if it holds one, else one space, so that the text's words and its line breaks between East
Asian characters stay. A text stays as it is where white space may show (optimizer.preserving).

At `safe`, where a style sheet or script that is not read here may apply, a text whose words stand more than one space
apart also stays: code, verse and data look so, a template's indentation does not.
"""

from __future__ import annotations

import re

import core_ext
from core_ext import COLLAPSE_WS, TEXT
from optimizer.document import SPACE, Document
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.preserving import preserving_start_tags
from optimizer.recipe import Level

__all__ = ["PASS"]

_WIDE_INSIDE = re.compile(rb"[^\t\n\r ](?:[\t\n\r ]{2,}|[\t\r])[^\t\n\r ]")


def decide(document: Document, level: Level) -> Decision:
    """Chooses the texts whose runs of white space can be collapsed."""
    chosen = bytearray(core_ext.allowed(document.page, document.tokens, COLLAPSE_WS))
    kept: dict[str, int] = {}

    def keep(reason: str, indexes: list[int]) -> None:
        if indexes:
            kept[reason] = kept.get(reason, 0) + len(indexes)
        for index in indexes:
            chosen[index] = 0

    places = preserving_start_tags(document)
    if places is None:
        keep("cannot_tell", _set(chosen))
        return _decision(chosen, kept)
    for place in sorted(places):
        reach = document.inside(place)
        keep("white_space_shows", [reach.start + each for each in _set(chosen[reach.start : reach.stop])])
    keep("in_template", [index for index in _set(chosen) if document.in_templates[index]])
    if b"\f" in document.page:
        keep("form_feed", [index for index in _set(chosen) if b"\f" in document.token(index)])
    keep("in_svg_or_math", [index for index in _set(chosen) if _is_foreign_text(document, index)])
    if level is Level.SAFE and document.has_unread_styles:
        keep("wide_inside", [index for index in _set(chosen) if _is_wide_inside(document.token(index))])
    keep("cut_in_a_run", _cut_in_a_run(document, chosen))
    return _decision(chosen, kept)


def _is_wide_inside(text: bytes) -> bool:
    return _WIDE_INSIDE.search(text.strip(SPACE)) is not None


def _is_foreign_text(document: Document, index: int) -> bool:
    return bool(document.tokens.flags[index] & core_ext.FOREIGN and document.token(index).strip(SPACE))


def _cut_in_a_run(document: Document, chosen: bytearray) -> list[int]:
    """All pieces of a long text that the lexer cut inside a run: two halves of it would be left, one each."""
    found: set[int] = set()
    for index in _set(chosen):
        begin = document.starts[index]
        is_further = index > 0 and document.kinds[index - 1] == TEXT
        if is_further and document.page[begin - 1] in SPACE and document.page[begin] in SPACE:
            found.update(document.pieces(index))
    return sorted(index for index in found if chosen[index])


def _decision(chosen: bytearray, kept: dict[str, int]) -> Decision:
    return Decision(bytes(chosen), tuple(Kept(reason, tokens) for reason, tokens in kept.items()))


def _set(mask: bytearray) -> list[int]:
    return [found.start() for found in re.finditer(b"\1", bytes(mask))]


PASS = Pass(
    name="collapse_white_space",
    rule=COLLAPSE_WS,
    rule_name="COLLAPSE_WS",
    standing="proven",
    finds="runs of spaces, tabs and newlines in text that is shown with white space collapsed",
    changes="each run becomes one newline if it holds one, else one space; no text disappears",
    decide=decide,
)
