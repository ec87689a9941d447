"""/keys: the account's API keys. A key is shown once, when it is made or rotated."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, Field

from api.access import Access
from api.errors import BadInput, NotFound
from api.rest.callers import Parts, Permitted
from api.rest.shapes import Moment, Shape
from services.auth.api_keys import (
    LONGEST_OVERLAP,
    ApiKey,
    KeyRing,
    NewKey,
    keys_of,
    make_key,
    revoke_key,
    rotate_key,
    usage_of,
)
from services.auth.errors import KeyUnknown, SecretsMissing
from services.auth.identity import Identity
from services.auth.scopes import Scope
from services.database import begin

router = APIRouter(prefix="/keys", tags=["keys"])

KeyId = Annotated[int, Path(ge=1, lt=2**63)]


class KeyWanted(Shape):
    """A key to be made. Without `expiresAt` it works until it is revoked."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]
    expires_at: AwareDatetime | None = None


class Overlap(Shape):
    """How long the former key works on."""

    overlap_seconds: Annotated[int, Field(ge=0, le=int(LONGEST_OVERLAP.total_seconds()))] = 86_400


class Key(Shape):
    """A key without its secret. `prefix` is its third part, by which it is recognized."""

    id: int
    prefix: str
    name: str
    scopes: list[Scope]
    created_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None
    replaced_by: int | None


class KeyOnce(Shape):
    """A key with its secret, which is not to be had again."""

    secret: str
    key: Key


class DayOfUse(Shape):
    """What a key asked for on one day (UTC); `refused`: how much of that it was not let."""

    day: Moment
    requests: int
    refused: int
    last_at: Moment


@router.get("", summary="All keys of the account, the newest first")
async def list_keys(parts: Parts, caller: Permitted) -> list[Key]:
    async with begin(parts.engine) as connection:
        return [_key(key) for key in await keys_of(connection, _account_id(caller))]


@router.post("", status_code=201, summary="Make a key")
async def make(body: KeyWanted, parts: Parts, caller: Permitted) -> KeyOnce:
    now = parts.now()
    if body.expires_at is not None and body.expires_at <= now:
        raise BadInput("'expiresAt' has passed.", "expiresAt")
    async with begin(parts.engine) as connection:
        made = await make_key(
            connection, _ring(parts), _account_id(caller), body.name, body.scopes, now, body.expires_at
        )
    return _once(made)


@router.post("/{key_id}/rotate", status_code=201, summary="Replace a key, which works on for a while")
async def rotate(key_id: KeyId, body: Overlap, parts: Parts, caller: Permitted) -> KeyOnce:
    try:
        async with begin(parts.engine) as connection:
            overlap = timedelta(seconds=body.overlap_seconds)
            made = await rotate_key(connection, _ring(parts), _account_id(caller), key_id, parts.now(), overlap)
    except KeyUnknown:
        raise _not_found(key_id) from None
    return _once(made)


@router.delete("/{key_id}", summary="Revoke a key at once; safe to repeat")
async def revoke(key_id: KeyId, parts: Parts, caller: Permitted) -> Key:
    try:
        async with begin(parts.engine) as connection:
            return _key(await revoke_key(connection, _account_id(caller), key_id, parts.now()))
    except KeyUnknown:
        raise _not_found(key_id) from None


@router.get("/{key_id}/usage", summary="A key's use by day, the newest first")
async def usage(key_id: KeyId, parts: Parts, caller: Permitted) -> list[DayOfUse]:
    try:
        async with begin(parts.engine) as connection:
            days = await usage_of(connection, _account_id(caller), key_id)
    except KeyUnknown:
        raise _not_found(key_id) from None
    return [DayOfUse(day=day.day, requests=day.requests, refused=day.refused, last_at=day.last_at) for day in days]


def _ring(parts: Access) -> KeyRing:
    if parts.ring is None:
        raise SecretsMissing()
    return parts.ring


def _account_id(caller: Identity) -> int:
    assert caller.account_id is not None  # its policy lets nobody else in
    return caller.account_id


def _not_found(key_id: int) -> NotFound:
    return NotFound(f"No key {key_id} of this account can be used so.", "keyId")


def _once(made: NewKey) -> KeyOnce:
    return KeyOnce(secret=made.text, key=_key(made.key))


def _key(key: ApiKey) -> Key:
    return Key(
        id=key.id,
        prefix=key.prefix,
        name=key.name,
        scopes=sorted(key.scopes),
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        replaced_by=key.replaced_by,
    )
