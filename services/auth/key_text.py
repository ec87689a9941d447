"""How an API key is written: `ld_<env>_<8 of base62>_<43 of base62, that is 32 bytes><6 of base62, the checksum>`.

The prefix finds the key's row and may be shown; the checksum tells a mistyped key, or one found by a scanner of leaked
secrets, without asking the database.
"""

from __future__ import annotations

import re
import secrets
import string
import zlib
from dataclasses import dataclass

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SECRET_DIGITS = 43  # 62**43 > 2**256
_CHECK_DIGITS = 6  # 62**6 > 2**32
_KEY = re.compile(r"ld_([a-z]{2,8})_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class KeyText:
    """A key as it was written; `text` is the secret, shown once."""

    text: str
    prefix: str


def new_key(environment: str) -> KeyText:
    """A key of 256 random bits. `environment`: 2 to 8 small letters, such as `live` or `dev`."""
    prefix = "".join(secrets.choice(BASE62) for _ in range(8))
    body = f"ld_{environment}_{prefix}_{_base62(secrets.randbits(256), _SECRET_DIGITS)}"
    return KeyText(body + _check(body), prefix)


def read_key(text: str, environment: str) -> KeyText | None:
    """The key that `text` is; None for anything else, or a key of another environment."""
    match = _KEY.fullmatch(text)
    if match is None or match[1] != environment or _check(text[:-_CHECK_DIGITS]) != match[4]:
        return None
    return KeyText(text, match[2])


def _check(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), _CHECK_DIGITS)


def _base62(number: int, digits: int) -> str:
    text = ""
    for _ in range(digits):
        number, digit = divmod(number, 62)
        text = BASE62[digit] + text
    return text
