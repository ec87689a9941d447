"""Reads one tag's source bytes: its name and its attributes, as WHATWG HTML 13.2.5 reads them.

Only the few tags that decisions hang on are read this way (meta, script, style, link), so plain Python is fast enough.
The bytes are never changed here.
"""

from __future__ import annotations

import html
import re

__all__ = ["attributes", "name"]

_NAME = re.compile(rb"<([a-zA-Z][^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*"
    rb"([^\t\n\f\r />][^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"?|'([^']*)'?|([^\t\n\f\r >\"'][^\t\n\f\r >]*)))?"
)


def name(tag: bytes) -> str:
    """The tag's name in lower case, or "" where the bytes are no start tag."""
    found = _NAME.match(tag)
    return found[1].decode("latin-1").lower() if found else ""


def attributes(tag: bytes) -> dict[str, str]:
    """The tag's attributes: names in lower case, values with references resolved; the first of a name wins."""
    found = _NAME.match(tag)
    if not found:
        return {}
    read: dict[str, str] = {}
    place = found.end()
    while attribute := _ATTRIBUTE.match(tag, place):
        place = attribute.end()
        key = attribute[1].decode("utf-8", "replace").lower()
        value = attribute[2] or attribute[3] or attribute[4] or b""
        read.setdefault(key, html.unescape(value.decode("utf-8", "replace")))
    return read
