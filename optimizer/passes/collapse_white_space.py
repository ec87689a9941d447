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
from core_ext.constants import AFTER_SPACE, FOREIGN, PRESERVE, STEP_BYTES
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
        # A long text's pieces stay or go together: once shortened it is cut at other places.
        pieces = {piece for index in indexes for piece in document.pieces(index) if chosen[piece]}
        if pieces:
            kept[reason] = kept.get(reason, 0) + len(pieces)
        for piece in pieces:
            chosen[piece] = 0

    places = None if document.reads_two_ways else preserving(document)
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
    trace = _collapsed(document, rules, chosen)
    keep("cut_in_a_run", _blanks_before_line_ends(document, chosen, trace))
    if places.texts and not places.are_untouched_in(trace.optimized):
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
    while document.kinds[index] in (TEXT, COMMENT):
        if document.kinds[index] == TEXT and b"\f" in document.token(index):
            return True
        if index == 0:
            return False
        index -= 1
    return False


def _collapsed(document: Document, rules: bytes, chosen: bytearray) -> core_ext.Trace:
    """The page as it would be."""
    tried = bytearray(rules)
    for index in set_bytes(chosen):
        tried[index] = COLLAPSE_WS
    return core_ext.trace(document.page, document.tokens, bytes(tried))


def _blanks_before_line_ends(document: Document, chosen: bytearray, trace: core_ext.Trace) -> list[int]:
    """Pieces that begin with a line end where the piece before ends with a blank: both would be left."""
    found: list[int] = []
    for index in set_bytes(chosen):
        if not index or document.kinds[index - 1] != TEXT:
            continue
        flags = int.from_bytes(trace.steps[STEP_BYTES * index + 2 : STEP_BYTES * index + 4])
        text = document.token(index)
        lead = text[: len(text) - len(text.lstrip(SPACE))]
        if flags & AFTER_SPACE and (b"\n" in lead or b"\r" in lead):
            found.append(index)
    return found


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
