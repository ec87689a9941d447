"""Opaque cursors: where in one list, in one order, a page ended.

A cursor holds the sort key of a row and nothing else. Its check code binds it to the list and the order that gave it
out, so a cursor of another list, or one that was edited, is refused instead of answering a wrong page. The code is not
a secret: every place that a forged cursor could name can be reached by paging there.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TypeAlias

from api.errors import BadCursor

Key: TypeAlias = int | bytes | str | datetime

_CHECK_BYTES = 6
_LONGEST = 2_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode(order: str, keys: Sequence[Key]) -> str:
    """The cursor of the row whose sort key is `keys` in the list and order named `order`."""
    body = b"".join(_encode_key(key) for key in keys)
    return base64.urlsafe_b64encode(_check(order, body) + body).rstrip(b"=").decode()


def decode(order: str, cursor: str, field: str) -> tuple[Key, ...]:
    """The sort key inside `cursor`. Raises BadCursor, naming `field`, unless encode() made it for `order`."""
    if len(cursor) > _LONGEST:
        raise BadCursor(field)
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCursor(field) from error
    check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    if check != _check(order, body):
        raise BadCursor(field)
    try:
        keys = _decode_keys(body)
    except (ValueError, OverflowError) as error:
        raise BadCursor(field) from error
    # Two texts can decode to the same bytes (unused bits of the last character): only ours is accepted.
    if encode(order, keys) != cursor:
        raise BadCursor(field)
    return keys


def _check(order: str, body: bytes) -> bytes:
    return blake2b(order.encode() + b"\0" + body, digest_size=_CHECK_BYTES, person=b"lightdom-cursor").digest()


def _encode_key(key: Key) -> bytes:
    match key:
        case int():
            tag, payload = b"i", str(key).encode()
        case bytes():
            tag, payload = b"b", key
        case str():
            tag, payload = b"s", key.encode()
        case datetime():
            tag, payload = b"t", str((key - _EPOCH) // timedelta(microseconds=1)).encode()
    return tag + len(payload).to_bytes(2, "big") + payload


def _decode_keys(body: bytes) -> tuple[Key, ...]:
    keys: list[Key] = []
    place = 0
    while place < len(body):
        tag = body[place : place + 1]
        end = place + 3 + int.from_bytes(body[place + 1 : place + 3], "big")
        payload = body[place + 3 : end]
        match tag:
            case b"i":
                keys.append(int(payload))
            case b"b":
                keys.append(payload)
            case b"s":
                keys.append(payload.decode())
            case _:
                keys.append(_EPOCH + timedelta(microseconds=int(payload)))
        place = end
    return tuple(keys)
