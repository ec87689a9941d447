"""Style sheets and scripts that pages share, judged over all pages that are known to use any of them.

A rule goes only if it can match on no page of the site; where the site was not read as a whole, no rule goes. A file
that a page insists on by its hash stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser

from optimizer.css import PageIndex, ScriptNames, Sheet, analyse
from optimizer.native.page_tree import PageTree
from optimizer.passes.minify_script import minified
from optimizer.site.links import links_of
from optimizer.site.model import Site

__all__ = ["lighter_files", "with_edits"]

# Where frameworks keep what their scripts read, besides script elements.
_READ_ATTRIBUTE = re.compile(r"data-|on[a-z]{3,}\Z|x-|v-|ng-|:|@|hx-|up-|\*|\[|\(")
_MAX_SHEETS_BYTES = 64 * 1024 * 1024


def lighter_files(site: Site, pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the site's own style sheets and scripts that get lighter, by URL; `pages` are its pages in UTF-8."""
    pinned = {address for url, page in pages.items() for address in links_of(page, url).pinned}
    found = {**_lighter_sheets(site, pages), **_lighter_scripts(site)}
    return {url: text for url, text in found.items() if url not in pinned}


def _lighter_scripts(site: Site) -> dict[str, bytes]:
    linked = {url for page in site.pages for url in page.scripts}
    lighter: dict[str, bytes] = {}
    for url in site.own:
        text = minified(site.assets[url]) if url in linked else None
        if text is not None and len(text) < len(site.assets[url]):
            lighter[url] = text
    return lighter


def _lighter_sheets(site: Site, pages: Mapping[str, bytes]) -> dict[str, bytes]:
    linked = {url for page in site.pages for url in page.stylesheets}
    used = [url for url in site.own if url in linked and _is_utf8(site.assets[url])]
    if not used or site.is_cut or sum(len(site.assets[url]) for url in used) > _MAX_SHEETS_BYTES:
        return {}
    trees = [LexborHTMLParser(page) for page in pages.values()]
    sheets = [Sheet(site.assets[url]) for url in used]
    # Sheets that are not rewritten still say which key frames, fonts and properties are used.
    others = [Sheet(site.assets[url]) for url in linked if url in site.assets and url not in used]
    others += [Sheet((element.text(deep=True) or "").encode()) for tree in trees for element in tree.css("style")]
    scripts = {url for page in site.pages for url in page.scripts}
    is_unread = not scripts <= site.assets.keys() or any(b"import(" in page for page in pages.values())
    texts = [text for tree in trees for text in _script_texts(tree)]
    texts += [site.assets[url] for url in scripts if url in site.assets]
    found = analyse(
        [*sheets, *others],
        [PageIndex(PageTree(page)) for page in pages.values()],
        ScriptNames(texts, unread=is_unread),
    )
    lighter: dict[str, bytes] = {}
    for url, sheet, edits in zip(used, sheets, found.edits, strict=False):
        text = with_edits(sheet.text, [(start, stop, put) for start, stop, put, *_ in edits])
        if len(text) < len(sheet.text):
            lighter[url] = text
    return lighter


def with_edits(text: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """A text with stretches replaced, none of which overlap."""
    parts: list[bytes] = []
    place = 0
    for start, stop, put in sorted(edits):
        parts += [text[place:start], put]
        place = stop
    return b"".join([*parts, text[place:]])


def _script_texts(tree: LexborHTMLParser) -> list[bytes]:
    texts = [element.html or "" for element in tree.css("script, template, noscript")]
    for element in tree.css("*"):
        texts += [value for name, value in element.attributes.items() if value and _READ_ATTRIBUTE.match(name)]
    return [text.encode() for text in texts]


def _is_utf8(text: bytes) -> bool:
    """Whether a sheet can be cut as it stands: in another encoding its offsets would mean something else."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return not text.startswith((b"\xff\xfe", b"\xfe\xff"))
