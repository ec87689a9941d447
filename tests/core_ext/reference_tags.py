"""The slow oracle of the rules on tags: docs/lexer.md, "Rules" 4 and 6, by taking a tag apart and writing it anew."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reference_lexer import END_TAG, FOREIGN, START, _walk

_NAME = re.compile(rb"</?([^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    rb"([\t\n\f\r /]*)(=?[^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:(\")([^\"]*)\"|(')([^']*)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*)?))?"
)
_BOOLEAN = set(
    b"allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap "
    b"itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected".split()
)
# (element, attribute): values that say what goes without saying.
_DEFAULTS = {
    (b"script", b"type"): (b"text/javascript", b"application/javascript"),
    (b"style", b"type"): (b"text/css",),
    (b"link", b"type"): (b"text/css",),
    (b"style", b"media"): (b"all",),
    (b"link", b"media"): (b"all",),
    (b"form", b"method"): (b"get",),
}


@dataclass(slots=True)
class Attribute:
    name: bytes
    value: bytes
    quote: bytes | None  # None: no value, b"": unquoted
    is_glued: bool


def rewrite_tag(drops: bool, kind: int, flags: int, data: bytes) -> bytes | None:
    """The tag as rule 6 (`drops`) or rule 4 writes it; None where it may not."""
    if kind not in (START, END_TAG) or (drops and kind == END_TAG) or len(data) > 1024:
        return None
    if not re.match(rb"<[A-Za-z]" if kind == START else rb"</[A-Za-z]", data):
        return None
    end, _, before = _walk(data, 0, 1 if kind == START else 2, "tag name")
    match = _NAME.match(data)
    if not before or end != len(data) or not match:
        return None
    keeps_case = bool(flags & FOREIGN)
    name = match[1].lower()
    head = match[0] if keeps_case else match[0].lower()
    if kind == END_TAG:
        return head + b">"
    closes_itself = before == "self-closing start tag"
    may_close = keeps_case or name in (b"svg", b"math")
    attributes = _attributes(data[match.end() : -1])
    if any(attribute.name.startswith(b"=") for attribute in attributes) or (drops and may_close):
        return None
    kept: list[Attribute | None] = [*attributes]
    if drops and b"-" not in name:
        kept = [_without_nothing(name, attribute, attributes) for attribute in attributes]
    written = b""
    quote: bytes | None = None
    last = max((i for i, attribute in enumerate(kept) if attribute), default=-1)
    for i, attribute in enumerate(kept):
        if attribute is None:
            quote = None
            continue
        written += b"" if attribute.is_glued and quote else b" "
        written += attribute.name if keeps_case else attribute.name.lower()
        value = re.sub(rb"&amp;(?![A-Za-z0-9#])", b"&", attribute.value)
        quote = _quote(value, attribute.quote, i == last)
        if quote is not None:
            written += b"=" + quote + value + quote
    if closes_itself and may_close:
        written += b" /" if quote == b"" else b"/"
    return head + written + b">"


def _attributes(text: bytes) -> list[Attribute]:
    found = []
    at = 0
    was_quoted = False
    while at < len(text) and (match := _ATTRIBUTE.match(text, at)) and match.end() > at:
        quote = match[3] or match[5] or (b"" if match[7] is not None else None)
        value = next((part for part in (match[4], match[6], match[7]) if part is not None), b"")
        if match[2]:
            found.append(Attribute(match[2], value, quote, was_quoted and not match[1]))
        was_quoted = bool(quote)
        at = match.end()
    return found


def _quote(value: bytes, quote: bytes | None, is_last: bool) -> bytes | None:
    if not value:
        return None
    if quote and (re.search(rb"[\x00-\x20\"'<=>`\x7f]", value) or (is_last and value.endswith(b"/"))):
        return quote
    return b""


def _without_nothing(element: bytes, attribute: Attribute, all_of_them: list[Attribute]) -> Attribute | None:
    name, value = attribute.name.lower(), attribute.value
    is_nothing = (
        (name in (b"class", b"style") and not value.strip(b"\t\n\f\r "))
        or (name == b"id" and not value)
        or (re.match(rb"on[a-z]", name) is not None and not value)
        or value.lower() in _DEFAULTS.get((element, name), ())
    )
    if name == b"type" and element == b"script" and any(a.name.lower() == b"language" for a in all_of_them):
        is_nothing = False
    if is_nothing:
        return attribute if sum(a.name.lower() == name for a in all_of_them) > 1 else None
    if name in _BOOLEAN and value.lower() == name:
        return Attribute(attribute.name, b"", None, attribute.is_glued)
    return attribute
