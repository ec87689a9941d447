"""The slow oracle of rule 7: docs/lexer.md, "Rules" 7 and "Selectors", by regular expressions over whole constructs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reference_css import _CONSTRUCTS, _FLAGS, DEEPEST
from reference_lexer import CSS_AT, CSS_HEAD, _walk
from reference_tags import _attributes as attributes_of

IMPLIED = set(b"html head body tbody colgroup tr p br img".split())
_SPACE = rb"[ \t\n\f\r]"
_ESCAPE = rb"\\[!-/:-@G-`g-~]"
_NAME = rb"(?:[a-z0-9_-]|" + _ESCAPE + rb")*+"
_IDENTIFIER = rb"-?(?:[a-z_]|" + _ESCAPE + rb")" + _NAME
_VALUE = rb"(?:\"[^\"\\\n\r\f]*\"|'[^'\\\n\r\f]*'|[a-z0-9_-]++)"
_PART = re.compile(
    rb"\.(?P<class>" + _IDENTIFIER + rb")"
    rb"|#(?P<id>" + _IDENTIFIER + rb")"
    rb"|\[" + _SPACE + rb"*(?P<attribute>" + _IDENTIFIER + rb")" + _SPACE + rb"*"
    rb"(?:[~|^$*]?=" + _SPACE + rb"*" + _VALUE + _SPACE + rb"*(?:[is]" + _SPACE + rb"*)?)?\]"
    rb"|(?P<pseudo>::?[a-z0-9_-]++)(?P<open>\()?",
    _FLAGS,
)
_TYPE = re.compile(rb"(?P<type>[a-z]" + _NAME + rb")|\*", _FLAGS)
_ARGUMENT = re.compile(rb"[a-z0-9 \t\n\f\r_.,#:+*>~=|^$-]", _FLAGS)
_COMBINATOR = re.compile(_SPACE + rb"*(?P<sign>[,{>+~]?)")

Compound = list[tuple[str, bytes]]


def selectors(data: bytes) -> tuple[list[list[Compound]], int] | None:
    """The selectors at a rule's beginning, compounds of (kind, name), and where the "{" is; None beyond the grammar."""
    found: list[list[Compound]] = []
    selector: list[Compound] = []
    at = len(data) - len(data.lstrip(b" \t\n\f\r"))
    while True:
        read = _compound(data, at)
        if read is None:
            return None
        compound, end = read
        between = _COMBINATOR.match(data, end)
        if between is None or (between.end() == len(data) and not between["sign"]):
            return None
        sign = between["sign"]
        is_free = all(kind == "type" and name in IMPLIED for kind, name in compound)
        if sign in (b",", b"{"):
            if is_free:
                return None
            found.append([*selector, compound])
            selector = []
            if sign == b"{":
                return found, between.end() - 1
        elif sign in (b">", b""):
            if not sign and between.end() == end:
                return None
            if not is_free:
                selector.append(compound)
        at = between.end()
        at += len(data[at:]) - len(data[at:].lstrip(b" \t\n\f\r"))


def _compound(data: bytes, at: int) -> tuple[Compound, int] | None:
    compound: Compound = []
    begin = at
    if match := _TYPE.match(data, at):
        if match["type"]:
            compound.append(("type", _unescaped(match["type"])))
        at = match.end()
    while data[at : at + 1] in (b".", b"#", b"[", b":"):
        match = _PART.match(data, at)
        if match is None:
            return None
        at = match.end()
        for kind in ("class", "id", "attribute"):
            if match[kind]:
                compound.append((kind, _unescaped(match[kind])))
        if match["open"]:
            end = _past_arguments(data, at)
            if end is None:
                return None
            at = end
    return (compound, at) if at > begin else None


def _past_arguments(data: bytes, at: int) -> int | None:
    """Behind the bracket that closes the one right before `at`."""
    opened = [b"("]
    while opened:
        if data[at - 4 : at - 1].lower() == b"url" and data[at - 1 : at] == b"(":
            return None
        sign = data[at : at + 1]
        if sign in (b"(", b"[") and opened[-1] == b"(":
            opened.append(sign)
        elif (sign == b")" and opened[-1] == b"(") or (sign == b"]" and opened[-1] == b"["):
            opened.pop()
        elif not _ARGUMENT.match(sign):
            return None
        at += 1
    return at


def _unescaped(name: bytes) -> bytes:
    return re.sub(rb"\\(.)", rb"\1", name).lower()


def may_drop(flags: int, data: bytes) -> bool:
    """Whether rule 7 may be applied to a CSS piece, as far as it shows."""
    state, nesting = flags & 0x7F, flags >> 10 & 7
    if state == 64:
        read = selectors(data)
        return read is not None and _is_balanced(data, read[1], b"", 0)
    if not 69 <= state <= 86 or state == 71 or flags & (CSS_AT | CSS_HEAD) or not 0 < nesting < DEEPEST:
        return False
    return _is_balanced(data, 0, _OPENINGS.get(state, b""), nesting)


# What brings the reader of whole constructs into a state; a string or comment is closed by the piece itself.
_OPENINGS = {
    70: b"a",
    72: b"/",
    73: b"/*",
    74: b"/**",
    75: b'"',
    76: b'"\\',
    77: b'"\\\r',
    78: b"'",
    79: b"'\\",
    80: b"'\\\r",
    81: b"u",
    82: b"ur",
    83: b"url",
    84: b"url(",
    85: b"url(a",
    86: b"url(a\\",
}


def _is_balanced(data: bytes, at: int, opening: bytes, nesting: int) -> bool:
    """Whether brackets are balanced from there on and nothing is read in two ways."""
    text = opening + data[at:]
    # A piece that begins inside a URL has its bracket in the piece before.
    opened: list[bytes] = []
    for match in _CONSTRUCTS.finditer(text):
        sign = match["other"]
        if match["function"]:
            if b"[" in opened:
                return False
            opened.append(b"(")
        elif match["url"]:
            if b"[" in opened:
                return False
            if not match["url_end"]:
                return not opened
        elif match["double"] or match["single"]:
            # A backslash that ends the piece inside a string is no construct of its own.
            if text[match.end() :] == b"\\" and not (match["double_end"] or match["single_end"]):
                break
        elif match["name"]:
            ours = match[0][max(0, len(opening) - match.start()) :]
            if b"@" in ours or b"\\" in ours:
                return False
        elif sign in (b"<", b"\\"):
            return False
        elif sign in (b"(", b"["):
            if b"[" in opened or (sign == b"[" and opened):
                return False
            opened.append(sign)
        elif sign in (b")", b"]"):
            if not opened or opened.pop() != (b"(" if sign == b")" else b"["):
                return False
        elif sign in (b"{", b"}"):
            if opened:
                return False
            nesting += 1 if sign == b"{" else -1
            if nesting == 0:
                return match.end() == len(text)
            if nesting == DEEPEST:
                return False
    return not opened


def selects(data: bytes, tags: Sequence[bytes]) -> bool | None:
    """Whether a selector matches the first tag, the others being around it, outwards; None beyond the grammar."""
    read = selectors(data)
    if read is None:
        return None
    return any(_matches(selector, tags) for selector in read[0])


def _matches(selector: Sequence[Compound], tags: Sequence[bytes]) -> bool:
    *around, subject = selector
    if not tags or not _fits(subject, tags[0]):
        return False
    return not around or any(_matches(around, tags[i:]) for i in range(1, len(tags)))


def _fits(compound: Compound, tag: bytes) -> bool:
    match = re.match(rb"<([^\t\n\f\r />]*)", tag, _FLAGS)
    name = match[1].lower() if match else b""
    types = {name, b"img"} if name == b"image" else {name}
    attributes, is_blurred = _attributes(tag)
    for kind, wanted in compound:
        if kind == "type":
            if wanted not in types:
                return False
        elif not is_blurred and not any(_has(kind, wanted, key, value) for key, value in attributes):
            return False
    return True


def _has(kind: str, wanted: bytes, key: bytes, value: bytes) -> bool:
    if kind == "attribute":
        return key == wanted
    if kind == "id":
        return key == b"id" and value.lower() == wanted
    return key == b"class" and wanted in re.split(rb"[\t\n\f\r ]+", value.lower())


def _attributes(tag: bytes) -> tuple[list[tuple[bytes, bytes]], bool]:
    """Names in lower case and values; and whether the tag may have any others."""
    match = re.match(rb"<[^\t\n\f\r />]*", tag, _FLAGS)
    end, _, before = _walk(tag, 0, 1, "tag name")
    if not before or match is None:
        return [], True
    read = [(each.name.lower(), each.value) for each in attributes_of(tag[match.end() : end - 1])]
    return read, any(key in (b"class", b"id") and b"&" in value for key, value in read)
