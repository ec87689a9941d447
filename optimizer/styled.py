"""Which values of a few properties a page's own styles may give its elements, over all states, widths and media.

The answer may hold too many values for an element, never too few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from optimizer.css import Matcher, PageIndex, ScriptNames
from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened

__all__ = ["Styled", "inline_declarations", "styled"]

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_DECLARATION = re.compile(r"[\t\n\f\r ]*([\w-]+)[\t\n\f\r ]*:(.*)\Z", re.S)
_GENERATED = re.compile(r"::?(?:before|after)(?![\w-])", re.I)


@dataclass(frozen=True, slots=True)
class Styled:
    """One declaration of a style sheet and the elements it may apply to."""

    property: str
    value: str
    """In lower case, without !important."""
    rows: tuple[int, ...]
    certain: frozenset[int]
    """Rows to which it surely applies, whatever the state: it, or one that overrides it, decides there."""
    is_generated: bool
    """Whether it is about the boxes that `::before` and `::after` make."""


def styled(sheets: Iterable[str], index: PageIndex, names: ScriptNames, properties: Collection[str]) -> list[Styled]:
    """The declarations of these properties. Raises CannotTellError where a style may reach any element."""
    matcher = Matcher(index, names)
    rows = [index.row(element) for element in range(len(index))]
    found: list[Styled] = []
    told: dict[tuple[tuple[str, ...], bool], tuple[tuple[int, ...], frozenset[int]]] = {}
    for sheet in sheets:
        for preludes, text in declarations(sheet):
            plain = _COMMENT.sub(" ", text)
            if "\\" in plain:
                plain = unescaped(plain)
            declaration = _DECLARATION.match(plain)
            if declaration is None or not preludes:
                continue
            name = declaration[1].lower()
            if name not in properties:
                continue
            is_generated = any(_GENERATED.search(prelude) for prelude in preludes)
            if (name == "content") != is_generated:
                continue
            key = (preludes, is_generated)
            if key not in told:
                told[key] = _elements(matcher, rows, preludes, is_generated)
            value = declaration[2].partition("!")[0].strip().lower()
            found.append(Styled(name, value, *told[key], is_generated))
    return found


def inline_declarations(style: str) -> list[tuple[str, str]]:
    """The declarations of a style attribute: names and values in lower case. Raises CannotTellError."""
    if "\\" in style:
        raise CannotTellError("an escape")
    told = []
    for _, text in declarations(_COMMENT.sub(" ", style)):
        declaration = _DECLARATION.match(text)
        if declaration:
            told.append((declaration[1].lower(), declaration[2].partition("!")[0].strip().lower()))
    return told


def _elements(
    matcher: Matcher, rows: list[int], preludes: tuple[str, ...], is_generated: bool
) -> tuple[tuple[int, ...], frozenset[int]]:
    if is_generated:
        preludes = tuple(_GENERATED.sub("", prelude) or "*" for prelude in preludes)
    inner = [prelude for prelude in preludes if not prelude.lstrip().lower().startswith("@layer")]
    if len(inner) == 1 and not inner[0].lstrip().startswith("@"):
        matched = matcher.select(_COMMENT.sub(" ", inner[0]).strip().encode())
        if matched is not None:
            certain = frozenset(rows[element] for element, sure in matched if sure)
            return tuple(rows[element] for element, _ in matched), frozenset() if is_generated else certain
    chosen: set[int] = set()
    for selector in widened(preludes):
        matched = matcher.select(selector.encode())
        if matched is None:
            raise CannotTellError(selector)
        chosen.update(rows[element] for element, _ in matched)
    return tuple(sorted(chosen)), frozenset()
