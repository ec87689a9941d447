"""Where white space is part of what a page shows: found by the page's own styles, by HTML, and by convention.

The answer may name too many places and never too few, as far as the page tells: a style sheet that is linked, imported
or made by a script is not read here, so where there may be one, elements that by convention hold text as it is written
(code, verse, console output) count as such.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode, SelectolaxError

from optimizer.document import Document
from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened
from optimizer.tree import MarkedTree

__all__ = ["preserving_selectors", "preserving_start_tags", "styles_collapse"]

_PROPERTY = re.compile(
    r"(?:-\w+-)?(?:white-space(?:-collapse|-trim)?|text-space-collapse|text-space-trim)[\t\n\f\r ]*:(.*)", re.S | re.I
)
# Values that leave runs of white space collapsed; `inherit` and `revert` take what an element around was counted for.
_COLLAPSING = frozenset(
    ["normal", "nowrap", "wrap", "collapse", "none", "inherit", "initial", "unset", "revert", "revert-layer"]
)
_MENTION = re.compile(rb"white-space|text-space", re.I)

_ALWAYS = [
    *("pre", "listing", "plaintext", "xmp"),
    *("[contenteditable]", "[space]"),  # [space] is xml:space inside SVG
    *("svg text", "svg title", "svg desc", "svg style", "svg script", "math annotation", "math ms", "math mtext"),
]
_BY_CONVENTION = [
    *("code", "kbd", "samp", "tt", "output", "address"),
    *("[data-lang]", "[data-language]", '[class~="pre" i]', '[class~="diff" i]', '[class~="math" i]'),
    *(
        f'[class*="{part}" i]'
        for part in (
            *("code", "highlight", "hljs", "prism", "language-", "snippet", "terminal", "console", "verbatim"),
            *("whitespace-pre", "whitespace-break", "pre-wrap", "prewrap", "pre-line", "preline", "preformat"),
            *("preserve", "nl2br", "line-break", "linebreak", "monospace", "mermaid", "markdown"),
            *("verse", "poem", "poetry", "lyric", "stanza", "ascii"),
        )
    ),
]
_ANY_PLACE = re.compile(
    rb"<(?:pre|listing|plaintext|xmp|svg|math)(?=[\t\n\f\r />])|contenteditable|xml:space|white-space|text-space", re.I
)


def preserving_start_tags(document: Document) -> frozenset[int] | None:
    """Start tags of the elements inside which every run of white space stays; None: the whole page stays."""
    if not document.has_unread_styles and not _ANY_PLACE.search(document.page) and b"\\" not in document.page:
        return frozenset()
    try:
        selectors = preserving_selectors(document)
        tree = MarkedTree(document)
        nodes = tree.select(selectors)
    except (CannotTellError, SelectolaxError):
        return None
    return tree.start_tags(nodes + _styled_inline(tree))


def preserving_selectors(document: Document) -> list[str]:
    """Selectors of all such elements, inline styles aside. Raises CannotTellError."""
    selectors = list(_ALWAYS)
    if document.has_unread_styles:
        selectors += _BY_CONVENTION
    for text in document.style_texts:
        selectors += _of_sheet(text)
    return list(dict.fromkeys(selectors))


def styles_collapse(value: str) -> bool:
    """Whether a value of white-space, or of its longhands, is known to collapse white space."""
    words = value.partition("!")[0].lower().split()
    return bool(words) and all(word in _COLLAPSING for word in words)


def _of_sheet(sheet: bytes) -> list[str]:
    if b"\\" in sheet and len(_MENTION.findall(unescaped(sheet.decode("latin-1")).encode("utf-8"))) != len(
        _MENTION.findall(sheet)
    ):
        raise CannotTellError("the property is written with escapes")
    if not _MENTION.search(sheet):
        return []
    selectors: list[str] = []
    for preludes, declaration in declarations(sheet.decode("utf-8", "replace")):
        if "-space" in declaration.lower() and _preserves(declaration):
            selectors += widened(preludes)
    return selectors


def _preserves(declaration: str) -> bool:
    found = _PROPERTY.fullmatch(re.sub(r"/\*.*?\*/", "", declaration, flags=re.S).strip())
    return found is not None and not styles_collapse(found[1])


def _styled_inline(tree: MarkedTree) -> list[LexborNode]:
    """Elements whose own style attribute keeps white space, or hides with an escape whether it does."""
    kept: list[LexborNode] = []
    for node in tree.select(['[style*="-space" i]', '[style*="\\\\"]']):
        style = node.attributes.get("style") or ""
        if "\\" in style or any(_preserves(part) for part in style.split(";")):
            kept.append(node)
    return kept
