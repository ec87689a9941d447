"""The slow oracle of style sheets: where a token of kind CSS ends, and in what state a cut inside it falls.

Written over whole constructs (comment, string, url, name) as CSS Syntax Level 3 lists them, not byte by byte: the state
at a cut is found by reading the part before it again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP_RULES = (b"media", b"supports", b"container", b"layer", b"scope", b"starting-style")
DEEPEST = 7

_FLAGS = re.DOTALL | re.IGNORECASE
_COMMENT = rb"/\*(?>(?:[^*]|\*(?!/))*)"
_FILL = re.compile(rb"(?:[ \t\n\f\r]|" + _COMMENT + rb"(?:\*/|\Z))+", _FLAGS)
_GROUP_FILL = re.compile(rb"(?:[ \t\n\f\r;]|" + _COMMENT + rb"(?:\*/|\Z))+", _FLAGS)
# NUL stands for U+FFFD.
_NAME = rb"[a-z0-9_\x00\x80-\xff-]"
# An unescaped line end ends a string as its quote does; after a backslash CR LF counts as one.
_STRING = rb"%s(?>(?:[^%s\\\n\r\f]|\\(?:\r\n|.))*)"
_CONSTRUCTS = re.compile(
    rb"(?P<comment>" + _COMMENT + rb"(?P<comment_end>\*/)?)"
    rb"|(?P<double>" + _STRING % (b'"', b'"') + rb'(?P<double_end>["\n\r\f])?)'
    rb"|(?P<single>" + _STRING % (b"'", b"'") + rb"(?P<single_end>['\n\r\f])?)"
    rb"|(?P<url>url\((?>[ \t\n\f\r]*)(?![\"'])(?>(?:[^)\\]|\\.)*)(?P<url_end>\))?)"
    rb"|(?P<function>url\((?>[ \t\n\f\r]*)(?=[\"']))"
    rb"|(?P<name>(?>(?:[#@]|\\[^\n\r\f]|" + _NAME + rb")+))"
    rb"|(?P<other>.)",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a step's flags tell of a rule besides the state: nesting in braces 0 to 7, and what kind of rule it is."""

    state: int
    nesting: int


def is_group_head(rule: bytes) -> bool:
    """Whether an at-rule holds rules of its own between its braces. Escaped names are not looked through."""
    name = re.match(rb"@((?:" + _NAME + rb"|\\)*)", rule, _FLAGS)
    return name is not None and name[1].lower() in GROUP_RULES


def fill_end(text: bytes, start: int, in_group: bool) -> int:
    """End of the white-space and comments at `start`, or `start` if there are none."""
    match = (_GROUP_FILL if in_group else _FILL).match(text, start)
    return match.end() if match else start


def rule_end(text: bytes, start: int, in_group: bool) -> int:
    """End of the rule at `start`: behind its block, its ";", or the "{" of a group's head; else the text's end."""
    is_at = text[start : start + 1] == b"@"
    is_head = is_at and is_group_head(text[start:])
    nesting = 0
    for match in _CONSTRUCTS.finditer(text, start):
        if match["other"] == b"{":
            if is_head and nesting == 0:
                return match.end()
            nesting = min(nesting + 1, DEEPEST)
        elif match["other"] == b"}":
            if nesting == 0 and in_group:
                return match.start()
            if nesting == 1:
                return match.end()
            if 1 < nesting < DEEPEST:
                nesting -= 1
        elif match["other"] == b";" and is_at and nesting == 0:
            return match.end()
    return len(text)


def place_in_fill(read: bytes) -> Place:
    """The place behind a part of what stands between rules."""
    opened = max(_COMMENT_START.finditer(read), key=lambda match: match.start(), default=None)
    if opened is None or opened["end"]:
        return Place(66 if read.endswith(b"/") and (opened is None or opened.end() < len(read)) else 65, 0)
    return Place(68 if read[opened.start() + 2 :].endswith(b"*") else 67, 0)


def place_in_rule(read: bytes) -> Place:
    """The place behind a part of a rule that has not ended yet."""
    state, nesting = 69, 0
    for match in _CONSTRUCTS.finditer(read):
        rest = read[match.end() :]
        if match["other"] == b"{":
            nesting = min(nesting + 1, DEEPEST)
        elif match["other"] == b"}" and 0 < nesting < DEEPEST:
            nesting -= 1
        if rest not in (b"", b"\\"):
            continue
        state = _state_behind(match, rest)
        if rest and not _is_open_string_or_url(match):
            state = 71
        break
    return Place(state, nesting)


_COMMENT_START = re.compile(_COMMENT + rb"(?P<end>\*/)?", _FLAGS)


def _is_open_string_or_url(match: re.Match[bytes]) -> bool:
    return any(match[kind] is not None and match[kind + "_end"] is None for kind in ("double", "single", "url"))


def _state_behind(match: re.Match[bytes], rest: bytes) -> int:
    """The state behind the last construct of a part; `rest` is a backslash that has nothing behind it yet, or empty."""
    text = match[0]
    if match["comment"] is not None:
        if match["comment_end"]:
            return 69
        return 74 if text[2:].endswith(b"*") else 73
    for kind, first in (("double", 75), ("single", 78)):
        if match[kind] is not None:
            if match[kind + "_end"]:
                return 69
            if rest:
                return first + 1
            pairs = re.findall(rb"\\(?:\r\n|.)|[^\\]", text, re.DOTALL)
            return first + 2 if pairs[-1] == b"\\\r" else first
    if match["url"] is not None:
        if match["url_end"]:
            return 69
        if rest:
            return 86
        return 85 if text[4:].strip(b" \t\n\f\r") else 84
    if match["name"] is not None:
        return {b"u": 81, b"ur": 82, b"url": 83}.get(text.lower(), 70)
    return {b"/": 72, b"\\": 71}.get(text, 69)
