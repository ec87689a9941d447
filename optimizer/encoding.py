"""Which encoding a page is in, and the way to UTF-8 and back.

The proof is about UTF-8 bytes (docs/optimizer.md, "Encodings"). A page in another encoding is turned into UTF-8 before
it is cut into tokens, and its lighter version is written back in the encoding that it came in: what the server or the
page declares stays true. A page in UTF-8 is never decoded: every byte stays, valid or not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from optimizer import tags
from optimizer.errors import BytesUndecodableError, EncodingUnknownError

__all__ = ["Encoding", "detect", "from_utf8", "invalid_utf8_offset", "to_utf8"]

# WHATWG HTML 13.2.3.2 looks at 1024 bytes; browsers go on while they are in the head, so we do, this far.
PRESCAN_BYTES = 65_536

# Where Python's codec of that name knows less than WHATWG's index.
_WIDER_CODECS = {"shift_jis": "cp932", "euc-kr": "cp949", "gbk": "gb18030"}
_C1_HOLES = "lightdom-c1-holes"

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
_CHARSET = re.compile(r"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\"'\t\n\f\r ;]+))", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]*?encoding[\t\n\f\r ]*=[\t\n\f\r ]*[\"']([!-~]+?)[\"']")
_MARKUP = re.compile(
    rb"<!--.*?-->|<!--.*\Z"
    rb"|<(?P<meta>meta(?=[\t\n\f\r /]))(?:[^>\"']|\"[^\"]*\"|'[^']*')*>?"
    rb"|<(?P<end>/head|body)(?=[\t\n\f\r />])"
    rb"|</?[a-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>?"
    rb"|<[!/?][^>]*>?",
    re.S | re.I,
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A page's encoding and how it is known."""

    name: str
    """The WHATWG name in lower case, such as "utf-8" or "windows-1251"."""
    origin: str
    """option, bom, http, meta or default."""

    @property
    def is_utf8(self) -> bool:
        return self.name == "utf-8"


def detect(page: bytes, content_type: str | None = None, override: str | None = None) -> Encoding:
    """The encoding of a page: the caller's word, the byte order mark, the HTTP header, the page's meta, else UTF-8.

    WHATWG HTML 13.2.3.1, without its guessing by locale: an undeclared page keeps its bytes.
    """
    if override is not None:
        return Encoding(_known(override), "option")
    for mark, encoding_name in _BYTE_ORDER_MARKS:
        if page.startswith(mark):
            return Encoding(encoding_name, "bom")
    header = _CHARSET.search(content_type) if content_type else None
    if header:
        label = header[1] or header[2] or header[3]
        # A header that names nothing known is passed over, as browsers do.
        if (found := _lookup(label)) is not None:
            return Encoding(found, "http")
    if (found := _prescan(page[:PRESCAN_BYTES])) is not None:
        return Encoding(found, "meta")
    return Encoding("utf-8", "default")


def to_utf8(page: bytes, encoding: Encoding) -> bytes:
    """The page in UTF-8. Raises BytesUndecodableError with the offset of the first byte that does not fit."""
    if encoding.is_utf8:
        return page
    try:
        return page.decode(*_codec(encoding.name)).encode()
    except UnicodeDecodeError as error:
        raise BytesUndecodableError(encoding.name, error.start, encoding.origin) from error


def from_utf8(page: bytes, encoding: Encoding) -> bytes:
    """The page back in its own encoding: rules of the proof add no character, so each one has a place there."""
    return page if encoding.is_utf8 else page.decode().encode(*_codec(encoding.name))


def invalid_utf8_offset(page: bytes) -> int | None:
    """Offset of the first byte that is not UTF-8, or None."""
    try:
        page.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _prescan(head: bytes) -> str | None:
    """The encoding that the page itself declares (WHATWG HTML 13.2.3.2)."""
    xml = _XML_ENCODING.match(head)
    if xml and (found := _lookup(xml[1].decode("latin-1"))) is not None:
        return _as_declared(found)
    for markup in _MARKUP.finditer(head):
        if markup["end"]:
            break
        if not markup["meta"]:
            continue
        read = tags.attributes(markup[0])
        label = read.get("charset")
        if label is None and read.get("http-equiv", "").lower() == "content-type":
            content = _CHARSET.search(read.get("content", ""))
            label = (content[1] or content[2] or content[3]) if content else None
        if label is not None and (found := _lookup(label)) is not None:
            return _as_declared(found)
    return None


def _as_declared(encoding_name: str) -> str:
    """A page that can say "UTF-16" in ASCII is not in UTF-16 (WHATWG HTML 13.2.3.2, step "if charset is UTF-16")."""
    if encoding_name.startswith("utf-16"):
        return "utf-8"
    return "windows-1252" if encoding_name == "x-user-defined" else encoding_name


def _known(label: str) -> str:
    found = _lookup(label)
    if found is None or found == "x-user-defined":
        raise EncodingUnknownError(label)
    return found


def _lookup(label: str) -> str | None:
    if label.strip("\t\n\f\r ").lower() in ("utf-8", "utf8"):
        return "utf-8"
    found = _registry().lookup(label)
    return None if found is None else str(found.name)


def _registry() -> Any:
    """The table of labels; imported late because most pages are UTF-8 and say so plainly."""
    return import_module("webencodings")


def _codec(encoding_name: str) -> tuple[str, str]:
    """Python's codec that reads what browsers read under this name, and how it treats what it does not know."""
    codec = _WIDER_CODECS.get(encoding_name) or _registry().lookup(encoding_name).codec_info.name
    return codec, _C1_HOLES if encoding_name.startswith("windows-") else "strict"


def _fill_c1_hole(error: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes 0x80 to 0x9F without a letter are the C1 control of that number (the indexes of WHATWG Encoding, 9.1)."""
    if isinstance(error, UnicodeDecodeError) and 0x80 <= error.object[error.start] <= 0x9F:
        return chr(error.object[error.start]), error.start + 1
    if isinstance(error, UnicodeEncodeError) and 0x80 <= ord(error.object[error.start]) <= 0x9F:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error(_C1_HOLES, _fill_c1_hole)
