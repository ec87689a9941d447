"""Where white space is part of what a page shows: found by the page's own styles, by HTML, and by convention.

The answer may name too many places and never too few, as far as the page tells: a style sheet that is linked, imported
or made by a script is not read here, so where there may be one, elements that by convention hold text as it is written
(code, verse, console output) count as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from core_ext import CDATA, CSS, TEXT
from optimizer.css import Matcher, PageIndex, ScriptNames
from optimizer.document import STYLE_ELEMENT, Document
from optimizer.native.page_tree import HTML, MATH, SVG, PageTree
from optimizer.native.places import spread
from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened

__all__ = ["preserving", "styles_collapse"]

_PROPERTY = re.compile(
    r"(?:-\w+-)?(?:white-space(?:-collapse|-trim)?|text-space-collapse|text-space-trim)[\t\n\f\r ]*:(.*)", re.S | re.I
)
# Values that leave runs of white space collapsed; `inherit` and `revert` take what an element around was counted for.
_COLLAPSING = frozenset(
    ["normal", "nowrap", "wrap", "collapse", "none", "inherit", "initial", "unset", "revert", "revert-layer"]
)
# One of the letters of "-space" as a CSS escape.
_LETTER_ESCAPE = re.compile(rb"\\(?:0{0,4}(?:2[dD]|4[135]|5[03]|6[135]|7[03])|[sSpP-])")

_ALWAYS = {
    HTML: frozenset(["pre", "listing", "plaintext", "xmp"]),
    SVG: frozenset(["text", "title", "desc", "style", "script"]),
    MATH: frozenset(["annotation", "ms", "mtext"]),
}
_BY_CONVENTION = frozenset(["code", "kbd", "samp", "tt", "output", "address"])
_CLASSES_BY_CONVENTION = frozenset([b"pre", b"diff", b"math"])
_IN_CLASS_BY_CONVENTION = (
    *(b"code", b"highlight", b"hljs", b"prism", b"language-", b"snippet", b"terminal", b"console", b"verbatim"),
    *(b"whitespace-pre", b"whitespace-break", b"pre-wrap", b"prewrap", b"pre-line", b"preline", b"preformat"),
    *(b"preserve", b"nl2br", b"line-break", b"linebreak", b"monospace", b"mermaid", b"markdown"),
    *(b"verse", b"poem", b"poetry", b"lyric", b"stanza", b"ascii"),
)
_ANY_PLACE = re.compile(
    rb"<(?:pre|listing|plaintext|xmp|svg|math)(?=[\t\n\f\r />])|contenteditable|xml:space|white-space|text-space"
    rb"|style[\t\n\f\r ]*=[^>]*&#",
    re.I,
)


def preserving(
    document: Document, tree: PageTree, index: PageIndex, left: Callable[[int, int], bytes] | None = None
) -> bytes | None:
    """One byte a row of the tree: 1 where every run of white space stays; None where that cannot be told.

    `left` gives what is left of a stretch of the page, where style rules have been taken out before.
    """
    marks = bytearray(tree.count)
    texts = (document.page, *(document.linked or ()))
    if document.has_unread_styles or any(_ANY_PLACE.search(text) or b"\\" in text for text in texts):
        _mark_by_name(tree, marks, by_convention=document.has_unread_styles)
        _mark_by_attribute(tree, marks, by_convention=document.has_unread_styles)
        try:
            _mark_by_style(document, index, marks, left)
        except CannotTellError:
            return None
    spread(tree, marks)
    return bytes(marks)


def _mark_by_name(tree: PageTree, marks: bytearray, *, by_convention: bool) -> None:
    for space, names in _ALWAYS.items():
        tree.mark_named(names | _BY_CONVENTION if by_convention and space == HTML else names, space, marks)


def _mark_by_attribute(tree: PageTree, marks: bytearray, *, by_convention: bool) -> None:
    """Elements that can be edited or say so themselves; by convention, those whose class says so."""
    always = {"contenteditable", "xml:space", "space"} | ({"data-lang", "data-language"} if by_convention else set())
    numbers = {number: word for number, word in enumerate(tree.attribute_words) if word in always}
    for number, word in enumerate(tree.attribute_words):
        if word == "style" or (word == "class" and by_convention):
            numbers[number] = word
    if not numbers:
        return
    spent: dict[tuple[int, bytes], bool] = {}
    for place, row in tree.places_of(set(numbers)):
        number = tree.attribute_names[place]
        if numbers[number] not in ("class", "style"):
            marks[row] = 1
            continue
        key = number, tree.value(place)
        if key not in spent:
            spent[key] = _tells(numbers[number], key[1])
        if spent[key]:
            marks[row] = 1


def _tells(name: str, value: bytes) -> bool:
    """Whether a class attribute or an element's own style keeps white space, or hides by an escape whether."""
    if name == "class":
        lowered = value.lower()
        return any(part in lowered for part in _IN_CLASS_BY_CONVENTION) or not _CLASSES_BY_CONVENTION.isdisjoint(
            lowered.split()
        )
    style = value.decode("utf-8", "replace")
    return "\\" in style or ("-space" in style.lower() and any(_preserves(part) for part in style.split(";")))


def _mark_by_style(
    document: Document, index: PageIndex, marks: bytearray, left: Callable[[int, int], bytes] | None
) -> None:
    """Raises CannotTellError where a style is beyond our reading."""
    selectors: list[str] = []
    for sheet in _sheets_that_tell(document, left):
        for preludes, declaration in declarations(sheet):
            if "-space" in declaration.lower() and _preserves(declaration):
                selectors += widened(preludes)
    if not selectors:
        return
    matcher = Matcher(index, ScriptNames())
    for selector in dict.fromkeys(selectors):
        found = matcher.select(selector.encode())
        if found is None:
            raise CannotTellError(selector)
        for element, _ in found:
            marks[index.row(element)] = 1


def styles_collapse(value: str) -> bool:
    """Whether a value of white-space, or of its longhands, is known to collapse white space."""
    words = value.partition("!")[0].lower().split()
    return bool(words) and all(word in _COLLAPSING for word in words)


def _sheets_that_tell(document: Document, left: Callable[[int, int], bytes] | None) -> Iterator[str]:
    """The rules that name such a property, one or several at a time. Raises CannotTellError where it is disguised."""
    for text in (*document.style_texts, *(document.linked or ())):
        for escape in _LETTER_ESCAPE.finditer(text) if b"\\" in text else ():
            around = text[max(0, escape.start() - 80) : escape.end() + 80].decode("latin-1").lower()
            if unescaped(around).lower().count("-space") > around.count("-space"):
                raise CannotTellError("the property is written with escapes")
    for text in document.linked or ():
        if b"-space" in text.lower():
            yield text.decode("utf-8", "replace")
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
