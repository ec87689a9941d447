"""Attributes that mean nothing: empty classes and ids, a script's default type, the value of a switch that is on.

Styles that ask for such an attribute keep it; what scripts may ask for stays at `safe`.
"""

from __future__ import annotations

import core_ext
from core_ext.constants import DROP_EMPTY_ATTR
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the tags that are shorter without such attributes."""
    document, used, table = view.document, view.used_names, view.attributes
    if used is None or view.has_unread_sheets:
        return Decision(kept=(Kept("style_not_read", len(table.tags)),))
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", len(table.tags)),))
    chosen = bytearray(core_ext.allowed(document.page, document.tokens, DROP_EMPTY_ATTR))
    asked = {number for number, word in enumerate(table.words) if used.attribute_is_used(word)}
    kept = 0
    if asked:
        for place, number in enumerate(table.names):
            if number in asked and chosen[table.tag_of[place]]:
                chosen[table.tag_of[place]] = 0
                kept += 1
    return Decision(bytes(chosen), kept=(Kept("style_asks", kept),) if kept else ())


PASS = Pass(
    name="drop_empty_attribute",
    rule=DROP_EMPTY_ATTR,
    rule_name="DROP_EMPTY_ATTR",
    standing="proven",
    finds="attributes that are empty or say what holds anyway",
    changes="drops them, and writes the tag the short way",
    decide=decide,
)
