"""Character references where the character itself is shorter: `"` for `&quot;`, a no-break space for `&nbsp;`.

The parser makes the same text and the same values of it. Characters outside ASCII are written as such only where the
page says that it is UTF-8 and so stays readable wherever it is served from.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from html.entities import html5

from core_ext import START, TEXT
from core_ext.constants import ATTESTED_ATTRIBUTE, ATTESTED_TEXT, FOREIGN
from optimizer.edits import Edit
from optimizer.passes.shape import Decision, Pass
from optimizer.view import View

__all__ = ["PASS", "shortened"]

_CHUNK = 64
_STATE = 0x7F  # of a token's flags: not 0 where it goes on, or is no ordinary text
_PRESCAN_BYTES = 1024  # as far as browsers look for the encoding (WHATWG HTML 13.2.3.2)
_SAYS_UTF8 = re.compile(rb"<meta[^>]*charset[\t\n\f\r ]*=[\t\n\f\r \"']*utf-?8[\"'\t\n\f\r />;]", re.I)
_REFERENCE = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Names that count without a semicolon too (WHATWG HTML 13.5): an ampersand before one of them stays written out.
_BARE_NAMES = tuple(sorted(name.encode() for name in html5 if not name.endswith(";")))
_WORD = re.compile(rb"[a-zA-Z0-9]+;?|#")


def decide(view: View) -> Decision:
    """Chooses the texts and values with references that a character is shorter than."""
    document, table = view.document, view.attributes
    page, starts, kinds, flags = document.page, document.starts, document.kinds, document.tokens.flags
    is_utf8 = _SAYS_UTF8.search(page, 0, _PRESCAN_BYTES) is not None
    edits: list[Edit] = []
    place = page.find(b"&")
    while place >= 0:
        index = document.index_at(place)
        stop = starts[index + 1]
        if kinds[index] == TEXT and not flags[index] & (_STATE | FOREIGN) and not view.rules[index]:
            edits += _in_text(page, starts[index], stop, is_utf8, f"short_reference:{index // _CHUNK}")
        elif kinds[index] == START:
            number = bisect_right(table.value_starts, place) - 1
            if number >= 0 and place < table.value_stops[number]:
                stop = table.value_stops[number]
                edits += _in_value(view, number, is_utf8)
        place = page.find(b"&", max(stop, place + 1))
    return Decision(edits=edits)


def shortened(text: bytes, is_utf8: bool) -> bytes:
    """A value with its references as characters, where that is shorter and reads the same between quotes."""
    return _REFERENCE.sub(lambda found: _character(text, found, is_utf8) or found[0], text)


def _character(text: bytes, found: re.Match[bytes], is_utf8: bool) -> bytes | None:
    """The character that a reference stands for, in UTF-8; None where it must stay written out."""
    told = html.unescape(found[0].decode())
    if (
        len(told) != 1
        or told == "\N{REPLACEMENT CHARACTER}"
        or not (told.isprintable() or told == "\xa0")
        or told == " "
    ):
        return None
    if told == "&":
        word = _WORD.match(text, found.end())
        return None if word and (word[0] == b"#" or word[0].endswith(b";") or word[0].startswith(_BARE_NAMES)) else b"&"
    return None if told > "\x7f" and not is_utf8 else told.encode()


def _in_text(page: bytes, start: int, stop: int, is_utf8: bool, group: str) -> Iterator[Edit]:
    for found in _REFERENCE.finditer(page, start, stop):
        told = _character(page, found, is_utf8)
        # What is cut off behind the ampersand, and what would begin a tag, is not looked into.
        if told and told != b"<" and (told != b"&" or page[found.end() : found.end() + 1] in (b" ", b"\n")):
            yield Edit(found.start(), found.end(), told, ATTESTED_TEXT, group)


def _in_value(view: View, number: int, is_utf8: bool) -> Iterator[Edit]:
    """The value between the quotes that cost least."""
    page, table = view.document.page, view.attributes
    start, stop, end = table.value_starts[number], table.value_stops[number], table.stops[number]
    value = page[start:stop]
    told = shortened(value, is_utf8)
    if told == value:
        return
    quote, other, reference = (b'"', b"'", b"&#34;")
    if told.count(b'"') > told.count(b"'"):
        quote, other, reference = (other, quote, b"&#39;")
    told = told.replace(quote, reference)
    if end > stop:  # it has quotes
        start -= 1
    told = quote + told + quote
    if len(told) < end - start:
        yield Edit(start, end, told, ATTESTED_ATTRIBUTE, f"short_reference:{table.tag_of[number]}")


PASS = Pass(
    name="short_reference",
    rule=ATTESTED_TEXT,
    rule_name="ATTESTED_TEXT",
    standing="attested",
    finds="character references in texts and attribute values that are longer than their characters",
    changes="writes the character, and other quotes where that helps",
    decide=decide,
)
