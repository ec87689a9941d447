"""Where white space is part of what a page shows: found by the page's own styles, by HTML, and by convention.

The answer may name too many places and never too few, as far as the page tells: a style sheet that is linked, imported
or made by a script is not read here, so where there may be one, elements that by convention hold text as it is written
(code, verse, console output) count as such.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from core_ext import CDATA, CSS, TEXT
from optimizer.css import Matcher, PageIndex, ScriptNames
from optimizer.document import STYLE_ELEMENT, Document
from optimizer.native.page_tree import HTML, MATH, SVG, PageTree
from optimizer.native.places import rows_by_value, spread
from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened

__all__ = ["preserving", "styles_collapse"]

_PROPERTY = re.compile(
    r"(?:-\w+-)?(?:white-space(?:-collapse|-trim)?|text-space-collapse|text-space-trim)[\t\n\f\r ]*:(.*)", re.S | re.I
)
# Values that leave runs of white space collapsed; `inherit` and `revert` take what an element around was counted for.
_COLLAPSING = frozenset(
    ["normal", "nowrap", "wrap", "collapse", "none", "inherit", "initial", "unset", "revert", "revert-layer"]
)
_SAYS_COLLAPSE = re.compile(rb"-space[\t\n\f\r ]*:[\t\n\f\r ]*(?:nowrap|normal|inherit|initial|unset)[\t\n\f\r ]*[;}!]")
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
    for number, word in numbers.items():
        rows_of = rows_by_value(tree, number)
        values = list(rows_of)
        telling = values if word in always else _telling_classes(values) if word == "class" else _telling_styles(values)
        for value in telling:
            for row in rows_of[value]:
                marks[row] = 1


def _telling_classes(values: list[bytes]) -> list[bytes]:
    """Those of the class attributes that by convention say that white space is kept."""
    asked = (*_IN_CLASS_BY_CONVENTION, *_CLASSES_BY_CONVENTION)
    return [
        value
        for value in _holding(values, asked)
        if any(part in value.lower() for part in _IN_CLASS_BY_CONVENTION)
        or not _CLASSES_BY_CONVENTION.isdisjoint(value.lower().split())
    ]


def _telling_styles(values: list[bytes]) -> list[bytes]:
    """Those of the style attributes that keep white space, or hide by an escape whether they do."""
    found = []
    for value in _holding(values, (b"-space", b"\\")):
        style = value.decode("utf-8", "replace")
        if "\\" in style or any(_preserves(part) for part in style.split(";")):
            found.append(value)
    return found


def _holding(values: list[bytes], parts: Iterable[bytes]) -> list[bytes]:
    """The values that hold one of these parts in any case of letters, found in all of them at once."""
    together = b"\n".join(values).lower()
    ends: list[int] = list(accumulate(len(value) + 1 for value in values))
    found: set[int] = set()
    for part in parts:
        place = together.find(part)
        while place >= 0:
            number = bisect_right(ends, place)
            found.add(number)
            place = together.find(part, ends[number])
    return [values[number] for number in sorted(found)]


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
        if _SAYS_COLLAPSE.match(document.lowered, place):
            pass  # whatever it is the value of
        elif document.kinds[index] in (CSS, TEXT, CDATA) and place >= done_until:
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
