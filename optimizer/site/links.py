"""What a page refers to: its style sheets, its scripts, and other pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

__all__ = ["Links", "links_of"]


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute http(s) addresses without fragments, each once, in the page's order."""

    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    pages: tuple[str, ...]
    pinned: tuple[str, ...] = ()
    """Style sheets and scripts whose bytes the page insists on by their hash."""


def links_of(page: bytes, url: str) -> Links:
    """What the page at an address refers to; `base` elements count, `nofollow` does too."""
    tree = LexborHTMLParser(page)
    base = url
    for element in tree.css("base[href]"):
        base = urljoin(url, (element.attributes.get("href") or "").strip())
        break
    sheets = [
        element.attributes.get("href")
        for element in tree.css("link[rel][href]")
        if "stylesheet" in (element.attributes.get("rel") or "").lower().split()
    ]
    scripts = [element.attributes.get("src") for element in tree.css("script[src]")]
    pinned = [
        element.attributes.get("href") or element.attributes.get("src")
        for element in tree.css("link[integrity], script[integrity]")
        if (element.attributes.get("integrity") or "").strip()
    ]
    pages = [
        element.attributes.get("href")
        for element in tree.css("a[href], area[href]")
        if "nofollow" not in (element.attributes.get("rel") or "").lower().split()
    ]
    if any("nofollow" in (meta.attributes.get("content") or "").lower() for meta in tree.css("meta[name=robots i]")):
        pages = []
    return Links(*(_absolute(each, base) for each in (sheets, scripts, pages, pinned)))


def _absolute(references: list[str | None], base: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for reference in references:
        if not reference or not reference.strip():
            continue
        try:
            absolute = urldefrag(urljoin(base, reference.strip())).url
            parts = urlsplit(absolute)
        except ValueError:
            continue  # a broken reference refers to nothing
        if parts.scheme in ("http", "https") and parts.hostname:
            found[absolute if parts.path else parts._replace(path="/").geturl()] = None
    return tuple(found)
