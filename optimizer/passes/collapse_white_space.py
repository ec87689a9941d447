"""Runs of white space that show as one space, or not at all.

Each run becomes one newline if it holds one, else one space, so that the text's words and its line breaks between East
Asian characters stay. A text stays as it is where white space may show (optimizer.preserving).

At `safe`, where a style sheet or script that is not read here may apply, a text whose words stand more than one space
apart also stays: code, verse and data look so, a template's indentation does not.
"""

from __future__ import annotations

import re

import core_ext
from core_ext import COLLAPSE_WS, COMMENT, DROP_COMMENT, TEXT
from core_ext.constants import FOREIGN, PRESERVE
from optimizer.document import SPACE, Document, set_bytes
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.preserving import preserving
from optimizer.recipe import Level

__all__ = ["PASS"]

_WIDE_INSIDE = re.compile(rb"[^\t\n\r ](?:[\t\n\r ]{2,}|[\t\r])[^\t\n\r ]")


def decide(document: Document, level: Level, rules: bytes) -> Decision:
    """Chooses the texts whose runs of white space can be collapsed."""
    chosen = _shortened(document, rules)
    kept: dict[str, int] = {}

    def keep(reason: str, indexes: list[int]) -> None:
        if indexes:
            kept[reason] = kept.get(reason, 0) + len(indexes)
        for index in indexes:
            chosen[index] = 0

    places = preserving(document)
    if places is None:
        keep("cannot_tell", set_bytes(chosen))
        return _decision(chosen, kept)
    for place in sorted(places.start_tags):
        reach = document.inside(place)
        keep("white_space_shows", [reach.start + each for each in set_bytes(chosen[reach.start : reach.stop])])
    keep("in_template", [index for index in set_bytes(chosen) if document.in_templates[index]])
    if b"\f" in document.page:
        keep("form_feed", [index for index in set_bytes(chosen) if _is_after_form_feed(document, index)])
    keep("in_svg_or_math", [index for index in set_bytes(chosen) if _is_foreign_text(document, index)])
    if level is Level.SAFE and document.has_unread_styles:
        keep("wide_inside", [index for index in set_bytes(chosen) if _is_wide_inside(document, index)])
    keep("cut_in_a_run", _cut_before_a_line_end(document, chosen))
    if places.texts and not places.are_untouched_in(_collapsed(document, rules, chosen)):
        keep("misnested", set_bytes(chosen))
    return _decision(chosen, kept)


def _shortened(document: Document, rules: bytes) -> bytearray:
    """Texts that the rule shortens: alone, or because a comment before them goes and two runs meet."""
    chosen = bytearray(core_ext.allowed(document.page, document.tokens, COLLAPSE_WS))
    for comment in set_bytes(rules):
        index = comment + 1
        if rules[comment] != DROP_COMMENT or index >= document.count or document.kinds[index] != TEXT:
            continue
        if document.page[document.starts[index]] in SPACE and not document.tokens.flags[index] & PRESERVE:
            chosen[index] = 1
    return chosen


def _is_foreign_text(document: Document, index: int) -> bool:
    return bool(document.tokens.flags[index] & FOREIGN and document.token(index).strip(SPACE))


def _is_wide_inside(document: Document, index: int) -> bool:
    pieces = document.pieces(index)
    whole = document.page[document.starts[pieces.start] : document.starts[pieces.stop]]
    return _WIDE_INSIDE.search(whole.strip(SPACE)) is not None


def _is_after_form_feed(document: Document, index: int) -> bool:
    """Whether a form feed is in this text, or in one that dropped comments would join to it."""
    first = index
    while first and document.kinds[first - 1] in (TEXT, COMMENT):
        first -= 1
    return b"\f" in document.page[document.starts[first] : document.starts[index + 1]]


def _cut_before_a_line_end(document: Document, chosen: bytearray) -> list[int]:
    """All pieces of a text cut in a run whose line end comes after the cut: a blank and a line end would be left."""
    found: set[int] = set()
    for index in set_bytes(chosen):
        begin = document.starts[index]
        if not index or document.kinds[index - 1] != TEXT:
            continue
        before = document.token(index - 1)
        run = before[len(before.rstrip(SPACE)) :]
        after = document.page[begin : document.starts[index + 1]]
        lead = after[: len(after) - len(after.lstrip(SPACE))]
        if run and not _has_line_end(run) and _has_line_end(lead):
            found.update(document.pieces(index))
    return sorted(index for index in found if chosen[index])


def _collapsed(document: Document, rules: bytes, chosen: bytearray) -> bytes:
    """The page as it would be."""
    tried = bytearray(rules)
    for index in set_bytes(chosen):
        tried[index] = COLLAPSE_WS
    return core_ext.trace(document.page, document.tokens, bytes(tried)).optimized


def _has_line_end(run: bytes) -> bool:
    return b"\n" in run or b"\r" in run


def _decision(chosen: bytearray, kept: dict[str, int]) -> Decision:
    return Decision(bytes(chosen), tuple(Kept(reason, tokens) for reason, tokens in kept.items()))


PASS = Pass(
    name="collapse_white_space",
    rule=COLLAPSE_WS,
    rule_name="COLLAPSE_WS",
    standing="proven",
    finds="runs of spaces, tabs and newlines in text that is shown with white space collapsed",
    changes="each run becomes one newline if it holds one, else one space; where two runs meet, the second goes",
    decide=decide,
)
