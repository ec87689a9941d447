"""Where white space is part of what a page shows: found by the page's own styles, by HTML, and by convention.

The answer may name too many places and never too few, as far as the page tells: a style sheet that is linked, imported
or made by a script is not read here, so where there may be one, elements that by convention hold text as it is written
(code, verse, console output) count as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode, SelectolaxError

from core_ext import CDATA, CSS, TEXT
from optimizer.document import STYLE_ELEMENT, Document
from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened
from optimizer.tree import MarkedTree, PlainTree

__all__ = ["Preserving", "preserving", "preserving_selectors", "styles_collapse"]

_PROPERTY = re.compile(
    r"(?:-\w+-)?(?:white-space(?:-collapse|-trim)?|text-space-collapse|text-space-trim)[\t\n\f\r ]*:(.*)", re.S | re.I
)
# Values that leave runs of white space collapsed; `inherit` and `revert` take what an element around was counted for.
_COLLAPSING = frozenset(
    ["normal", "nowrap", "wrap", "collapse", "none", "inherit", "initial", "unset", "revert", "revert-layer"]
)
# One of the letters of "-space" as a CSS escape.
_LETTER_ESCAPE = re.compile(rb"\\(?:0{0,4}(?:2d|4[135]|5[03]|6[135]|7[03])|[sp-])", re.I)

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
    rb"<(?:pre|listing|plaintext|xmp|svg|math)(?=[\t\n\f\r />])|contenteditable|xml:space|white-space|text-space"
    rb"|style[\t\n\f\r ]*=[^>]*&#",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Preserving:
    """The elements of a page inside which every run of white space stays."""

    start_tags: frozenset[int]
    selectors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """What the parser found in them."""

    def are_untouched_in(self, optimized: bytes) -> bool:
        """Whether the same elements of a lighter page hold the same texts.

        The lexer nests by names alone. Where a page's tags are misnested an element may, for the parser, reach further.
        """
        if not self.texts:
            return True
        try:
            found = _nodes(PlainTree(optimized), list(self.selectors))
        except SelectolaxError:
            return False
        return self.texts == _texts(found)


def preserving(document: Document, left: Callable[[int, int], bytes] | None = None) -> Preserving | None:
    """Where white space stays; None where that cannot be told, so that the whole page stays.

    `left` gives what is left of a stretch of the page, where style rules have been taken out before.
    """
    if not document.has_unread_styles and not _ANY_PLACE.search(document.page) and b"\\" not in document.page:
        return Preserving(frozenset())
    try:
        selectors = preserving_selectors(document, left)
        tree = MarkedTree(document)
        nodes = _nodes(tree, selectors)
    except (CannotTellError, SelectolaxError):
        return None
    start_tags = tree.start_tags(nodes)
    return None if start_tags is None else Preserving(start_tags, tuple(selectors), _texts(nodes))


def preserving_selectors(document: Document, left: Callable[[int, int], bytes] | None = None) -> list[str]:
    """Selectors of all such elements, inline styles aside. Raises CannotTellError."""
    selectors = list(_ALWAYS)
    if document.has_unread_styles:
        selectors += _BY_CONVENTION
    for sheet in _sheets_that_tell(document, left):
        for preludes, declaration in declarations(sheet):
            if "-space" in declaration.lower() and _preserves(declaration):
                selectors += widened(preludes)
    return list(dict.fromkeys(selectors))


def styles_collapse(value: str) -> bool:
    """Whether a value of white-space, or of its longhands, is known to collapse white space."""
    words = value.partition("!")[0].lower().split()
    return bool(words) and all(word in _COLLAPSING for word in words)


def _sheets_that_tell(document: Document, left: Callable[[int, int], bytes] | None) -> Iterator[str]:
    """The rules that name such a property, one or several at a time. Raises CannotTellError where it is disguised."""
    for text in document.style_texts:
        for escape in _LETTER_ESCAPE.finditer(text) if b"\\" in text else ():
            around = text[max(0, escape.start() - 80) : escape.end() + 80].decode("latin-1").lower()
            if unescaped(around).lower().count("-space") > around.count("-space"):
                raise CannotTellError("the property is written with escapes")
    for text in document.noscript_texts:
        if b"-space" in text.lower():
            yield from (sheet.decode("utf-8", "replace") for sheet in STYLE_ELEMENT.findall(text))
    done_until = 0
    place = document.lowered.find(b"-space")
    while place >= 0:
        index = document.index_at(place)
        if document.kinds[index] in (CSS, TEXT, CDATA) and place >= done_until:
            reach = document.pieces(index)
            done_until = document.starts[reach.stop]
            if document.kinds[index] == CSS or _is_in_style(document, index):
                begin = document.starts[reach.start]
                text = left(begin, done_until) if left else document.page[begin:done_until]
                yield text.decode("utf-8", "replace")
        place = document.lowered.find(b"-space", place + 1)


def _is_in_style(document: Document, index: int) -> bool:
    """Whether a text is that of a style element inside SVG, where the lexer makes no CSS of it."""
    return any(index in document.inside(style) for style in document.told_tags["style"])


def _preserves(declaration: str) -> bool:
    found = _PROPERTY.fullmatch(unescaped(re.sub(r"/\*.*?\*/", "", declaration, flags=re.S)).strip())
    return found is not None and not styles_collapse(found[1])


def _nodes(tree: PlainTree, selectors: list[str]) -> list[LexborNode]:
    """The elements found by selectors, and those whose own style keeps white space, or hides by an escape whether."""
    kept = tree.select(selectors)
    for node in tree.select(['[style*="-space" i]', '[style*="\\\\"]']):
        style = node.attributes.get("style") or ""
        if "\\" in style or any(_preserves(part) for part in style.split(";")):
            kept.append(node)
    return kept


def _texts(nodes: list[LexborNode]) -> tuple[str, ...]:
    """The text of each of these elements that is in no other one of them."""
    is_inside: dict[int, bool] = {}
    outermost: list[LexborNode] = []
    chosen = {node.mem_id for node in nodes}
    for node in nodes:
        passed: list[int] = []
        around = node.parent
        while around is not None and around.mem_id not in is_inside and around.mem_id not in chosen:
            passed.append(around.mem_id)
            around = around.parent
        found = around is not None and (around.mem_id in chosen or is_inside[around.mem_id])
        is_inside.update(dict.fromkeys(passed, found))
        if not found:
            outermost.append(node)
    return tuple(node.text() for node in outermost)
