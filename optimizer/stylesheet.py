"""Reads just enough CSS to tell which elements a rule speaks of: declarations with the preludes that they stand under.

Written for finding a few properties in a large sheet, not for understanding it: what it cannot tell it says so, and the
caller then assumes the worst. Nesting, group rules, strings, comments and escapes are followed (CSS Syntax 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CannotTellError", "declarations", "unescaped", "widened"]

_SIGNIFICANT = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|\"(?:\\.|[^\"\\\n])*(?:\"|\n|\Z)|'(?:\\.|[^'\\\n])*(?:'|\n|\Z)"
    r"|\burl\([\t\n\f\r ]*(?![\"'\t\n\f\r ])(?:\\.|[^)\\])*(?:\)|\Z)"
    r"|\\.|[{};()\[\]]",
    re.S | re.I,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[\t\n\f\r ]?|(.))", re.S)
_IDENTIFIER = r"(?:\\[0-9a-fA-F]{1,6}[\t\n\f\r ]?|\\[^\n]|[-\w]|[^\x00-\x7f])+"
_SELECTOR_PART = re.compile(
    rf"(?P<comment>/\*.*?\*/)"
    rf"|(?P<plain>[.#]{_IDENTIFIER}|{_IDENTIFIER}|\*)"
    rf"|\[[\t\n\f\r ]*(?P<attribute>{_IDENTIFIER})(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\]\"'])*\]"
    rf"|(?P<element>::?(?:{_IDENTIFIER}))(?P<open>\()?"
    rf"|(?P<nested>&)"
    rf"|(?P<combinator>[\t\n\f\r ]*[>+~][\t\n\f\r ]*|[\t\n\f\r ]+)",
    re.S,
)
# Boxes whose text is not the page's: made by `content`, by the browser, or only painted over.
_GENERATED = re.compile(
    r"::?(?:before|after)\Z|::(?:marker|placeholder|backdrop|selection|file-selector-button|scroll[-\w]*|view-transition[-\w]*"
    r"|-(?:webkit|moz|ms|o)-[-\w]*)\Z",
    re.I,
)
_UNTOLD = re.compile(r":host|:host-context|::slotted|::part|::cue\Z", re.I)


class CannotTellError(Exception):
    """This CSS is beyond what is understood here."""


def declarations(css: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each declaration as written, with the preludes that it stands under, outermost first."""
    stack: list[str] = []
    begin = 0
    parens = 0
    for found in _SIGNIFICANT.finditer(css):
        sign = found[0]
        if sign in "([":
            parens += 1
        elif sign in ")]":
            parens = max(0, parens - 1)
        elif sign == "{" and not parens:
            stack.append(css[begin : found.start()])
            begin = found.end()
        elif sign in "};" and (not parens or sign == "}"):
            parens = 0
            yield tuple(stack), css[begin : found.start()]
            begin = found.end()
            if sign == "}" and stack:
                stack.pop()
    yield tuple(stack), css[begin:]


def widened(preludes: tuple[str, ...]) -> list[str]:
    """Selectors for at least every element that a declaration under these preludes can style.

    Pseudo-classes and attribute values are left out, so each selector matches the same elements or more. Empty where
    only generated boxes are styled. Raises CannotTellError where a selector is beyond this grammar.
    """
    outer: list[str] = []
    for prelude in preludes:
        text = _strip_comments(prelude).strip()
        if text.startswith("@"):
            if re.match(r"@(?:-\w+-)?(?:media|supports|layer|container|scope|starting-style|document)\b", text, re.I):
                continue  # assume that its condition holds
            raise CannotTellError(text)
        inner = [wide for selector in _split(text) if (wide := _widen(selector, outer)) is not None]
        if not inner:
            return []
        outer = inner
    return outer


def unescaped(css: str) -> str:
    """The text with CSS escapes resolved."""
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], css)


def _strip_comments(text: str) -> str:
    return _SIGNIFICANT.sub(lambda found: "" if found[0].startswith("/*") else found[0], text)


def _split(selectors: str) -> list[str]:
    """The selectors of a list, cut at its commas."""
    parts: list[str] = []
    begin = depth = 0
    for found in re.finditer(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[()\[\],]", selectors, re.S):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth -= 1
        elif found[0] == "," and not depth:
            parts.append(selectors[begin : found.start()])
            begin = found.end()
    return [*parts, selectors[begin:]]


def _widen(selector: str, outer: list[str]) -> str | None:
    """One selector made wider; None where its subject is a generated box."""
    written: list[str] = []
    is_compound_empty = True
    is_nested_named = False
    text = selector.strip()
    place = 0
    while place < len(text):
        part = _SELECTOR_PART.match(text, place)
        if part is None:
            raise CannotTellError(selector)
        place = part.end()
        if part["plain"] or part["attribute"]:
            written.append(part["plain"] or f"[{part['attribute']}]")
            is_compound_empty = False
        elif part["nested"]:
            written.append(f":is({', '.join(outer)})" if outer else "*")
            is_compound_empty = False
            is_nested_named = True
        elif part["combinator"]:
            # A nested selector may begin with one: it then follows the selector around it.
            written.append("*" if is_compound_empty and part.start() > 0 else "")
            written.append(f" {part['combinator'].strip()} " if part["combinator"].strip() else " ")
            is_compound_empty = True
        elif part["element"]:
            if _UNTOLD.match(part["element"]):
                raise CannotTellError(selector)
            if _GENERATED.match(part["element"]):
                return None
            inner_end = _closing(text, place) if part["open"] else place
            if part["element"].lower() == ":root" and is_compound_empty:
                written.append("html")
                is_compound_empty = False
            elif re.fullmatch(r":(?:is|where|matches|-webkit-any|-moz-any)", part["element"], re.I):
                choices = [_widen(each, outer) for each in _split(text[place : inner_end - 1])]
                written.append(f":is({', '.join(each for each in choices if each)})" if any(choices) else "")
                is_compound_empty = is_compound_empty and not any(choices)
            place = inner_end
    whole = "".join(written) + ("*" if is_compound_empty else "")
    if outer and not is_nested_named:
        whole = f":is({', '.join(outer)})" + (whole if whole.startswith(" ") else f" {whole}")
    return whole


def _closing(text: str, place: int) -> int:
    """Just after the bracket that closes the one before `place`."""
    depth = 1
    for found in re.compile(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[()]", re.S).finditer(text, place):
        depth += (found[0] == "(") - (found[0] == ")")
        if not depth:
            return found.end()
    raise CannotTellError(text)
