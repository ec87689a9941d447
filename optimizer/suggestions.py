"""What would make a page faster at the price of bytes: told in the report, never done."""

from __future__ import annotations

import re
from dataclasses import dataclass

from optimizer.document import Document
from optimizer.native.attributes import attributes_of

__all__ = ["Suggestion", "suggestions"]

_FIRST_IMAGES = 3
"""Likely on the first screen, where waiting for layout would cost time."""
_MOST = 20
_LAZY = re.compile(rb"<(?:img|iframe)(?=[\t\n\f\r />])", re.I)
_FONT = re.compile(rb"@font-face[^{]*\{[^}]*?url\(\s*[\"']?((?!data:)[^\"')\s]+\.woff2[^\"')\s]*)", re.I)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to consider."""

    code: str
    text: str


def suggestions(page: bytes) -> tuple[Suggestion, ...]:
    """For a page: pictures and frames that could wait, and fonts that could come earlier."""
    document = Document(page)
    table = attributes_of(document.tokens, page)
    words, found = table.words, []
    preloaded: set[bytes] = set()
    pictures = 0
    for place, tag in enumerate(table.tags):
        start = document.starts[tag]
        own = {
            words[table.names[each]]: page[table.value_starts[each] : table.value_stops[each]]
            for each in range(table.firsts[place], table.firsts[place + 1])
        }
        if page[start : start + 5].lower() == b"<link" and own.get(b"rel", b"").lower() == b"preload":
            preloaded.add(own.get(b"href", b""))
        if not _LAZY.match(page, start) or not own.get(b"src") or own[b"src"].startswith(b"data:"):
            continue
        pictures += 1
        if pictures > _FIRST_IMAGES and b"loading" not in own:
            told = own[b"src"][:200].decode("utf-8", "replace")
            found.append(Suggestion("lazy_image", f'loading="lazy" for {told}'))
    for text in document.style_texts:
        for font in _FONT.findall(text):
            if font not in preloaded:
                told = font[:200].decode("utf-8", "replace")
                found.append(Suggestion("preload_font", f'<link rel="preload" as="font" crossorigin href="{told}">'))
    return tuple(dict.fromkeys(found))[:_MOST]
