"""Turns our slices into the tokens of html5lib's tokenizer tests: kinds, names and text after preprocessing.

Attributes are left out: they are inside a slice, and a lossless lexer does not take slices apart.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

import core_ext
from core_ext import CDATA, COMMENT, DOCTYPE, END, RAW, START, TEXT

LAST = 0x0800
# 13.2.5.80, and nothing else: other control characters stay.
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([A-Za-z0-9]+;?))")


def tokens_of(page: bytes, skipped: int, decodes_raw: bool) -> list[list[Any]]:
    """The tokens behind the first `skipped` bytes. `decodes_raw`: references count in raw text (RCDATA)."""
    lexed = core_ext.lex(page)
    result: list[list[Any]] = []
    for i in range(lexed.count):
        data = page[max(lexed.starts[i], skipped) : lexed.starts[i + 1]]
        if lexed.starts[i + 1] <= skipped and skipped:
            continue
        is_ended = core_ext.is_token(lexed.kinds[i], lexed.flags[i] & ~LAST, lexed.slice(i))
        token = _token(lexed.kinds[i], data, is_ended, decodes_raw)
        if token is not None and token[0] == "Character" and result and result[-1][0] == "Character":
            result[-1][1] += token[1]
        elif token is not None and token != ["Character", ""]:
            result.append(token)
    return result


def comparable(expected: list[Any]) -> list[Any]:
    """An expected token without what slices do not tell."""
    return expected[:2]


def _token(kind: int, data: bytes, is_ended: bool, decodes_raw: bool) -> list[Any] | None:
    text = data.decode("utf-8", "surrogatepass")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    replaced = text.replace("\0", "\ufffd")
    if kind == TEXT:
        return ["Character", decode_references(text)]
    if kind == RAW:
        return ["Character", decode_references(replaced) if decodes_raw else replaced]
    if kind == CDATA:
        text = text.removeprefix("<![CDATA[")
        return ["Character", text.removesuffix("]]>") if is_ended else text]
    if kind == COMMENT:
        return _comment(replaced, is_ended)
    if kind == DOCTYPE:
        name = re.match(r"<!doctype[\t\n\f ]*([^\t\n\f >]*)", replaced, re.IGNORECASE)
        return ["DOCTYPE", _lower(name[1]) or None if name else None]
    name = re.match(r"</?([^\t\n\f />]*)", replaced)
    if not is_ended or name is None:
        return None
    assert kind in (START, END)
    return ["StartTag" if kind == START else "EndTag", _lower(name[1])]


def _comment(text: str, is_ended: bool) -> list[Any] | None:
    if text.startswith("<!--"):
        if text in ("<!-->", "<!--->"):
            return ["Comment", ""]
        # At the page's end, dashes that may have begun the comment's end are not part of it.
        return ["Comment", re.sub(r"(?:--!?>)\Z" if is_ended else r"(?:--!?|-)\Z", "", text[4:])]
    if text == "</>":
        return None
    body = text[:-1] if is_ended else text
    return ["Comment", body[1:] if text.startswith("<?") else body[2:]]


def decode_references(text: str) -> str:
    """Character references in text, 13.2.5.72 to 13.2.5.80."""
    return _REFERENCE.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    if match[3] is None:
        number = int(match[1], 16) if match[1] else int(match[2])
        if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            return "\ufffd"
        return _WINDOWS_1252.get(number, chr(number))
    name = match[3]
    for end in range(len(name), 0, -1):
        if name[:end] in html5:
            return html5[name[:end]] + name[end:]
    return match[0]


def _lower(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), name)
