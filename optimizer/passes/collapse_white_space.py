"""Runs of white space that show as one space, or not at all.

Each run becomes one newline if it holds one, else one space, so that the text's words and its line breaks between East
Asian characters stay. A text stays as it is where white space may show (optimizer.preserving).

At `safe`, where a style sheet or script that is not read here may apply, a text whose words stand more than one space
apart also stays: code, verse and data look so, a template's indentation does not.
"""

from __future__ import annotations

import core_ext
from core_ext import COLLAPSE_WS, DROP_COMMENT, TEXT
from core_ext.constants import AFTER_SPACE, PRESERVE, STEP_BYTES
from optimizer.document import SPACE, Document, set_bytes
from optimizer.native.runs import texts_kept
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_REASONS = ("white_space_shows", "in_template", "form_feed", "in_svg_or_math", "wide_inside")
"""In the order of optimizer.native.runs."""


def decide(view: View) -> Decision:
    """Chooses the texts whose runs of white space can be collapsed."""
    document, rules = view.document, bytes(view.rules)
    chosen = _shortened(document, rules)
    keeping = view.preserving
    if keeping is None:
        return Decision(kept=(Kept("cannot_tell", chosen.count(1)),))
    fed = b""
    if b"\f" in document.page:
        fed = document.marked_in_rows(index for index in document.indexes(TEXT) if b"\f" in document.token(index))
    templates = document.in_templates if document.told_tags["template"] else b""
    is_wide_kept = view.level is Level.SAFE and document.has_unread_styles
    counts, long_texts = texts_kept(
        document.tokens, document.page, chosen, view.rows, keeping, templates, fed, is_wide_kept
    )
    kept = [Kept(reason, tokens) for reason, tokens in zip(_REASONS, counts, strict=True) if tokens]
    if long_texts:
        trace = _collapsed(document, rules, chosen)
        tokens = 0
        for text in long_texts:
            if _leaves_a_blank_before_a_line_end(document, text, trace):
                tokens += sum(chosen[text.start : text.stop])
                chosen[text.start : text.stop] = bytes(len(text))
        if tokens:
            kept.append(Kept("cut_in_a_run", tokens))
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
