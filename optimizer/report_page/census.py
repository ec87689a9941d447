"""Where a page's bytes are: every byte counted once, under what it is there for."""

from __future__ import annotations

import re
from collections import Counter

import core_ext
from core_ext import CDATA, COMMENT, CSS, DOCTYPE, END, RAW, START, TEXT

__all__ = ["CATEGORIES", "census"]

CATEGORIES = {
    "css": "styles",
    "style_attributes": "style attributes",
    "script": "scripts",
    "data": "data blocks (JSON and the like)",
    "svg": "inline SVG",
    "data_uris": "data: addresses",
    "classes": "classes and ids",
    "data_attributes": "data-* attributes",
    "links": "addresses",
    "attributes": "other attributes",
    "tags": "tags",
    "text": "text",
    "white_space": "white space",
    "comments": "comments",
}
"""Key and name of each, in the order in which they are told."""

_NAME = re.compile(rb"</?([^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    rb"""[\t\n\f\r /]+([^\t\n\f\r />="'][^\t\n\f\r />=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\t\n\f\r >]*))?"""
)
_RUNNING = re.compile(rb"""type\s*=\s*["']?\s*(?!module|(?:text|application)/(?:x-)?(?:java|ecma)script)[a-z]""", re.I)
_LINKS = frozenset((b"href", b"src", b"srcset", b"action", b"poster", b"content", b"sizes"))


def census(page: bytes) -> dict[str, int]:
    """Bytes by category; their sum is the page."""
    tokens = core_ext.lex(page)
    counted: Counter[str] = Counter()
    raw = "text"
    svg_depth = 0
    for index in range(tokens.count):
        kind, piece = tokens.kinds[index], page[tokens.starts[index] : tokens.starts[index + 1]]
        name = b""
        if kind in (START, END) and (found := _NAME.match(piece)):
            name = found[1].lower()
        if name == b"svg":
            svg_depth = max(0, svg_depth + (1 if kind == START else -1))
        if svg_depth or (name == b"svg" and kind == END):
            counted["svg"] += len(piece)
        elif kind == START:
            _start_tag(piece, counted)
            if name == b"script":
                raw = "data" if _RUNNING.search(piece) else "script"
            elif name:
                raw = "text"
        elif kind in (END, DOCTYPE):
            counted["tags"] += len(piece)
        elif kind == COMMENT:
            counted["comments"] += len(piece)
        elif kind == CSS:
            counted["css"] += len(piece)
        elif kind == RAW:
            counted[raw] += len(piece)
        elif kind in (TEXT, CDATA):
            words = len(b" ".join(piece.split()))
            counted["text"] += words
            counted["white_space"] += len(piece) - words
    return {key: counted[key] for key in CATEGORIES}


def _start_tag(tag: bytes, counted: Counter[str]) -> None:
    rest = len(tag)
    for found in _ATTRIBUTE.finditer(tag):
        name, value, size = found[1].lower(), found[2] or b"", len(found[0])
        rest -= size
        if value[:6].strip(b"\"'").startswith(b"data:"):
            counted["data_uris"] += size
        elif name in (b"class", b"id"):
            counted["classes"] += size
        elif name == b"style":
            counted["style_attributes"] += size
        elif name.startswith(b"data-"):
            counted["data_attributes"] += size
        elif name in _LINKS:
            counted["links"] += size
        else:
            counted["attributes"] += size
    counted["tags"] += rest
