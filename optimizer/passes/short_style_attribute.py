"""Style attributes written the short way, without declarations that a later one of the same attribute repeats.

The element's own style stays the same. Styles that ask for the attribute's text keep it, and so do scripts at `safe`.
"""

from __future__ import annotations

import re

from core_ext.constants import ATTESTED_ATTRIBUTE
from optimizer.css import minify_declarations
from optimizer.edits import Edit
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

# A reference or an escape may hide what divides declarations; quotes may not stand between others.
_UNREAD = (b"&", b"\\", b'"', b"'", b"{", b"}", b"<", b"\0", b"\r")
_RGB = re.compile(rb"\brgb\([ \t\n]*(\d{1,3})[ \t\n]*,[ \t\n]*(\d{1,3})[ \t\n]*,[ \t\n]*(\d{1,3})[ \t\n]*\)")


def decide(view: View) -> Decision:
    """Chooses the style attributes that fewer bytes say the same as."""
    document, table, used = view.document, view.attributes, view.used_names
    number = table.number(b"style")
    if number < 0:
        return Decision()
    count = table.names.count(number)
    if used is None or view.has_unread_sheets:
        return Decision(kept=(Kept("style_not_read", count),))
    if used.attribute_is_used(b"style"):
        return Decision(kept=(Kept("style_asks", count),))
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", count),))
    page, value_starts, value_stops = document.page, table.value_starts, table.value_stops
    edits: list[Edit] = []
    spent: dict[bytes, bytes] = {}
    place = table.names.index(number)
    names = table.names
    while place >= 0:
        start, stop = value_starts[place], value_stops[place]
        value = page[start:stop]
        left = spent.get(value)
        if left is None:
            left = spent[value] = _written_short(value)
        if len(left) < len(value):
            edits.append(Edit(start, stop, left, ATTESTED_ATTRIBUTE, f"short_style_attribute:{table.tag_of[place]}"))
        try:
            place = names.index(number, place + 1)
        except ValueError:
            place = -1
    return Decision(edits=edits)


def _written_short(value: bytes) -> bytes:
    if any(sign in value for sign in _UNREAD):
        return value
    if b"--" not in value and b"rgb(" in value:
        value = _RGB.sub(_hexadecimal, value)
    return minify_declarations(value)


def _hexadecimal(found: re.Match[bytes]) -> bytes:
    parts = [int(part) for part in found.groups()]
    return b"#%02x%02x%02x" % tuple(parts) if max(parts) < 256 else found[0]


PASS = Pass(
    name="short_style_attribute",
    rule=ATTESTED_ATTRIBUTE,
    rule_name="ATTESTED_ATTRIBUTE",
    standing="attested",
    finds="style attributes with blanks, zeros and long values that say nothing",
    changes="writes the declarations the short way",
    decide=decide,
)
