"""Paths and points of SVG in fewer bytes, every number with its value: nothing is rounded, nothing made relative.

A style or script that asks for the attribute keeps it; scripts at `safe` keep all of them.
"""

from __future__ import annotations

from core_ext.constants import ATTESTED_SVG
from optimizer.edits import Edit
from optimizer.native.page_tree import SVG
from optimizer.native.paths import short_numbers, short_path
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_WRITERS = {b"d": short_path, b"points": short_numbers, b"viewbox": short_numbers}


def decide(view: View) -> Decision:
    """Chooses the path data and number lists that fewer bytes say the same as."""
    document, table, used = view.document, view.attributes, view.used_names
    writers = {number: _WRITERS[word] for number, word in enumerate(table.words) if word in _WRITERS}
    if not writers:
        return Decision()
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", sum(map(writers.__contains__, table.names))),))
    edits: list[Edit] = []
    page, rows, spaces = document.page, view.rows, view.tree.spaces
    kept = 0
    for place, number in enumerate(table.names):
        if number not in writers:
            continue
        row = rows[table.tag_of[place]]
        if row < 0 or spaces[row] != SVG:
            continue
        if used is not None and used.attribute_is_used(table.words[number]):
            kept += 1
            continue
        start, stop = table.value_starts[place], table.value_stops[place]
        value = page[start:stop]
        left = writers[number](value)
        if len(left) < len(value):
            edits.append(Edit(start, stop, left, ATTESTED_SVG, f"short_path:{table.tag_of[place]}"))
    return Decision(edits=edits, kept=(Kept("style_asks", kept),) if kept else ())


PASS = Pass(
    name="short_path",
    rule=ATTESTED_SVG,
    rule_name="ATTESTED_SVG",
    standing="attested",
    finds="path data and point lists with blanks, zeros and letters that say nothing",
    changes="writes the same numbers and commands the short way",
    decide=decide,
)
