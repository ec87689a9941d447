"""Data addresses of pictures in fewer bytes: SVG written the short way, PNG packed anew; the same picture either way.

WHATWG URL 4.4 (opaque paths) and Fetch 6 (data URLs): all but control characters and bytes beyond ASCII stands for
itself; `%` and `#` do not, and line ends are taken out before anything is read.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from optimizer.png import smaller_png

__all__ = ["ADDRESS", "shorter_address"]

_HEAD = rb"data:image/(?:svg\+xml(?:;[a-zA-Z0-9=_-]+)*|png;base64),"
_PNG = b"data:image/png;base64,"
ADDRESS = re.compile(
    rb"(?<=\")" + _HEAD + rb"[^\n\f\r\"\\]+(?=\")"
    rb"|(?<=')" + _HEAD + rb"[^\n\f\r'\\]+(?=')"
    rb"|(?<![\"'])" + _HEAD + rb"[^\t\n\f\r\"'()\\ ]+"
)  # fmt: skip
"""Such an address: one without blanks and quotes, or all that stands between two quotes."""
_KNOWN_PARAMETERS = frozenset([b"", b"base64", b"utf8", b"utf-8", b"charset=utf8", b"charset=utf-8"])
_BETWEEN_TAGS = re.compile(rb">[\t\n\r ]+<")
_COMMENT = re.compile(rb"<!--(?:(?!--).)*-->", re.S)
# Where blanks may count, or what looks like markup may be something else.
_VERBATIM = re.compile(rb"<(?:text|tspan|style|script|title|desc|foreignObject)\b|xml:space|<!|<\?|\]\]>|&")
# What an opaque path cannot hold as it is, what HTML or a style sheet would read, and bytes beyond ASCII.
_ESCAPED = re.compile(rb"[\x00-\x1f%#&\\\x7f-\xff]")


def shorter_address(address: bytes, *, quote: bytes) -> bytes | None:
    """The same address in fewer bytes, to stand between these quotes; None where there is none."""
    head, _, body = address.partition(b",")
    if address.startswith(_PNG):
        picture = _decoded(body)
        smaller = smaller_png(picture) if picture is not None else None
        left = _PNG + base64.b64encode(smaller) if smaller is not None else address
        return left if len(left) < len(address) else None
    parameters = head.split(b";")[1:]
    if any(each.lower() not in _KNOWN_PARAMETERS for each in parameters) or b"#" in body or b"&" in body:
        return None
    is_base64 = bool(parameters) and parameters[-1].lower() == b"base64"
    document = _decoded(body) if is_base64 else unquote_to_bytes(body)
    if document is None or not document.lstrip().startswith(b"<svg") or not _is_utf8(document):
        return None
    document = document.strip(b"\t\n\r ")
    if not _VERBATIM.search(_COMMENT.sub(b"", document)):
        document = _BETWEEN_TAGS.sub(b"><", _COMMENT.sub(b"", document))
    other = b"'" if quote == b'"' else b'"'
    if quote in document and other not in document:
        document = document.replace(quote, other)  # only around values: XML texts were looked for above
    told = _ESCAPED.sub(lambda found: b"%%%02X" % found[0][0], document).replace(quote, b"%%%02X" % quote[0])
    parts = [b"data:image/svg+xml", *(each for each in parameters if each.lower() != b"base64")]
    left = b";".join(parts) + b"," + told
    return left if len(left) < len(address) else None


def _decoded(body: bytes) -> bytes | None:
    try:
        return base64.b64decode(unquote_to_bytes(body), validate=True)
    except (ValueError, binascii.Error):
        return None


def _is_utf8(document: bytes) -> bool:
    try:
        document.decode()
    except UnicodeError:
        return False
    return True
