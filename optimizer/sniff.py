"""Tells HTML from what else people feed to an optimizer, before anything is spent on it.

It refuses only what certainly is no HTML page; a page without doctype, or a piece of one, passes.
"""

from __future__ import annotations

import re

from optimizer.errors import EmptyPageError, NotHtmlError

__all__ = ["require_html", "require_page_type"]

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x00asm", "WebAssembly"),
    (b"\x7fELF", "an ELF program"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_TAG = re.compile(rb"<(?:[a-zA-Z]|/[a-zA-Z]|!doctype|!--)", re.I)
# Possessive, so that a page of nothing but white space or comments is read once.
_FIRST_ELEMENT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!doctype[^>]*+>)*+<([a-zA-Z][^\s/>]*+)([^>]*+)",
    re.S | re.I,
)
_XML_ROOTS = {b"svg": "an SVG image", b"rss": "an RSS feed", b"feed": "an Atom feed", b"urlset": "a sitemap"}
_HTML_TYPES = ("text/html", "text/plain", "application/octet-stream", "")


def require_page_type(source: str, content_type: str | None) -> None:
    """Raises NotHtmlError where a server says that its answer is no HTML."""
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind == "application/xhtml+xml":
        raise NotHtmlError(source, "XHTML served as XML, which other parsing rules hold for")
    if kind not in _HTML_TYPES:
        raise NotHtmlError(source, f"what its server calls {kind}")


def require_html(source: str, received: bytes, page: bytes) -> None:
    """Raises EmptyPageError or NotHtmlError; `received` is as it came, `page` the same in UTF-8."""
    if not received:
        raise EmptyPageError(source)
    for magic, found in _MAGIC:
        if received.startswith(magic):
            raise NotHtmlError(source, found)
    if not page.strip(b"\xef\xbb\xbf\t\n\f\r \0"):
        raise EmptyPageError(source)
    if not _TAG.search(page):
        looks_like_json = page.lstrip(b"\xef\xbb\xbf\t\n\f\r ")[:1] in (b"{", b"[")
        raise NotHtmlError(source, "JSON" if looks_like_json else "plain text: there is no tag in it")
    first = _FIRST_ELEMENT.match(page)
    if first and first[1].lower() in _XML_ROOTS and b"xmlns" in first[2] + first[1]:
        raise NotHtmlError(source, _XML_ROOTS[first[1].lower()])
    if first and first[1].lower() in (b"rss", b"urlset"):
        raise NotHtmlError(source, _XML_ROOTS[first[1].lower()])
    if _is_json(page):
        raise NotHtmlError(source, "JSON")


def _is_json(page: bytes) -> bool:
    """Whether the whole is one JSON value with markup in its strings; only tried where it starts and ends like one."""
    text = page.strip(b"\xef\xbb\xbf\t\n\f\r ")
    if (text[:1], text[-1:]) not in ((b"{", b"}"), (b"[", b"]"), (b'"', b'"')):
        return False
    import json

    try:
        json.loads(text)
    except ValueError:
        return False
    return True
