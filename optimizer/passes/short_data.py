"""Pictures inside addresses: SVG not packed into base64, not escaped where nothing needs it, no blanks between tags;
PNG packed as well as zlib can.

The picture behind the address stays the same, blanks between tags and a PNG's notes aside.
"""

from __future__ import annotations

from bisect import bisect_right

from core_ext import CSS, START
from core_ext.constants import ATTESTED_DATA
from optimizer.data_uri import ADDRESS, shorter_address
from optimizer.edits import Edit
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_BEGIN = b"data:image/"


def decide(view: View) -> Decision:
    """Chooses the addresses that fewer bytes say the same as."""
    document = view.document
    page, kinds = document.page, document.kinds
    edits: list[Edit] = []
    kept = 0
    place = page.find(_BEGIN)
    while place >= 0:
        index = document.index_at(place)
        found = ADDRESS.match(page, place)
        before = page[place - 1 : place]
        stop = place + 1
        if found is not None:
            stop = found.end()
            behind = page[stop : stop + 1]
            is_bare = before == b"(" and behind == b")"
            if kinds[index] == CSS and (is_bare or (before in (b'"', b"'") and behind == before)):
                quote = b'"' if is_bare else before
                told = shorter_address(found[0], quote=quote)
                told = quote + told + quote if told and is_bare else told
                if told and len(told) < stop - place and b"</style" not in told.lower():
                    edits.append(Edit(place, stop, told, ATTESTED_DATA, f"short_data:{place}"))
            elif kinds[index] == START and before in (b'"', b"'") and behind == before and _is_whole(view, place, stop):
                if view.level is Level.SAFE and document.has_scripts:
                    kept += 1
                elif (told := shorter_address(found[0], quote=before)) is not None:
                    edits.append(Edit(place, stop, told, ATTESTED_DATA, f"short_data:{place}"))
        place = page.find(_BEGIN, stop)
    return Decision(edits=edits, kept=(Kept("scripts_may_read", kept),) if kept else ())


def _is_whole(view: View, start: int, stop: int) -> bool:
    """Whether these bytes are the whole value of an attribute that holds one address."""
    table = view.attributes
    number = bisect_right(table.value_starts, start) - 1
    name = table.words[table.names[number]] if number >= 0 else b""
    return (
        number >= 0
        and (table.value_starts[number], table.value_stops[number]) == (start, stop)
        and name in (b"src", b"href")
    )


PASS = Pass(
    name="short_data",
    rule=ATTESTED_DATA,
    rule_name="ATTESTED_DATA",
    standing="attested",
    finds="pictures in data addresses: SVG packed, escaped or spaced for nothing, PNG packed badly",
    changes="writes the same SVG as plain text, packs the same PNG anew",
    decide=decide,
)
