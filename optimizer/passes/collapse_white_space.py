"""Runs of white space that show as one space, or not at all.

Each run becomes one newline if it holds one, else one space, so that the text's words and its line breaks between East
Asian characters stay. A text stays as it is where white space may show (optimizer.preserving).

At `safe`, where a style sheet or script that is not read here may apply, a text whose words stand more than one space
apart also stays: code, verse and data look so, a template's indentation does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import core_ext
from core_ext import COLLAPSE_WS, DROP_COMMENT, TEXT
from core_ext.constants import AFTER_SPACE, FOREIGN, PRESERVE, STEP_BYTES
from optimizer.document import SPACE, Document, set_bytes
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_WIDE_INSIDE = re.compile(rb"[^\t\n\r ](?:[\t\n\r ]{2,}|[\t\r])[^\t\n\r ]")


def decide(view: View) -> Decision:
    """Chooses the texts whose runs of white space can be collapsed."""
    document, level, rules = view.document, view.level, bytes(view.rules)
    chosen = _shortened(document, rules)
    # A long text's pieces stay or go together: once shortened it is cut at other places.
    texts = _whole_texts(document, chosen)
    kept: list[Kept] = []

    def keep(reason: str, stays: Callable[[range], bool]) -> None:
        tokens = 0
        for text in [text for text in texts if stays(text)]:
            tokens += sum(chosen[text.start : text.stop])
            chosen[text.start : text.stop] = bytes(len(text))
        texts[:] = [text for text in texts if any(chosen[text.start : text.stop])]
        if tokens:
            kept.append(Kept(reason, tokens))

    places = view.preserving
    if places is None:
        keep("cannot_tell", lambda text: True)
        return Decision(bytes(chosen), kept=tuple(kept))
    if places.start_tags:
        shown = document.marked_inside(places.start_tags)
        keep("white_space_shows", lambda text: shown[text.start] == 1)
    if document.told_tags["template"]:
        keep("in_template", lambda text: document.in_templates[text.start] == 1)
    if b"\f" in document.page:
        fed = document.marked_in_rows(index for index in document.indexes(TEXT) if b"\f" in document.token(index))
        keep("form_feed", lambda text: any(fed[text.start : text.stop]))
    flags = document.tokens.flags
    keep("in_svg_or_math", lambda text: flags[text.start] & FOREIGN != 0 and bool(document.span(text).strip(SPACE)))
    if level is Level.SAFE and document.has_unread_styles:
        keep("wide_inside", lambda text: _WIDE_INSIDE.search(document.span(text).strip(SPACE)) is not None)
    trace = _collapsed(document, rules, chosen)
    keep("cut_in_a_run", lambda text: _leaves_a_blank_before_a_line_end(document, text, trace))
    if places.texts and not places.are_untouched_in(trace.optimized):
        keep("misnested", lambda text: True)
    return Decision(bytes(chosen), kept=tuple(kept))


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


def _whole_texts(document: Document, chosen: bytearray) -> list[range]:
    """The texts with a chosen piece, as ranges of their pieces."""
    texts: list[range] = []
    done_until = 0
    for index in set_bytes(chosen):
        if index >= done_until:
            texts.append(document.pieces(index))
            done_until = texts[-1].stop
    return texts


def _collapsed(document: Document, rules: bytes, chosen: bytearray) -> core_ext.Trace:
    """The page as it would be."""
    tried = bytearray(rules)
    for index in set_bytes(chosen):
        tried[index] = COLLAPSE_WS
    return core_ext.trace(document.page, document.tokens, bytes(tried))


def _leaves_a_blank_before_a_line_end(document: Document, text: range, trace: core_ext.Trace) -> bool:
    """Whether a piece of a text begins with a line end where what comes out before it ends with a blank."""
    for index in text[1:]:
        piece = document.token(index)
        lead = piece[: len(piece) - len(piece.lstrip(SPACE))]
        flags = int.from_bytes(trace.steps[STEP_BYTES * index + 2 : STEP_BYTES * index + 4])
        if flags & AFTER_SPACE and (b"\n" in lead or b"\r" in lead):
            return True
    return False


PASS = Pass(
    name="collapse_white_space",
    rule=COLLAPSE_WS,
    rule_name="COLLAPSE_WS",
    standing="proven",
    finds="runs of spaces, tabs and newlines in text that is shown with white space collapsed",
    changes="each run becomes one newline if it holds one, else one space; where two runs meet, the second goes",
    decide=decide,
)
