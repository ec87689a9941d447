"""API keys: made, used, rotated, revoked. The key itself is told once; the database has a keyed hash of it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit import record
from services.auth.errors import KeyLimit, KeyUnknown
from services.auth.key_text import new_key, read_key
from services.auth.scopes import Scope
from services.auth.secrets import Secrets
from services.database.access import accounts, api_key_usage, api_keys

MOST_KEYS = 50
LONGEST_OVERLAP = timedelta(days=7)
_PURPOSE = "api key"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What keys are made and checked with. `environment` is part of a key, so one of a test never works elsewhere."""

    secrets: Secrets
    environment: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its owner may see it again."""

    id: int
    account_id: int
    prefix: str
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True, repr=False)
class NewKey:
    """A key that was just made: `text` is not to be had again."""

    text: str
    key: ApiKey


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whom a key speaks for."""

    key: ApiKey
    address: bytes


@dataclass(frozen=True, slots=True)
class DayOfUse:
    """What a key asked for on one day (UTC)."""

    day: datetime
    requests: int
    refused: int
    last_at: datetime


async def make_key(
    connection: AsyncConnection,
    ring: KeyRing,
    account_id: int,
    name: str,
    scopes: frozenset[Scope],
    now: datetime,
    expires_at: datetime | None = None,
) -> NewKey:
    """A new key of an account. Raises KeyLimit."""
    # Locks the account, so two at once cannot both find room for the last key.
    await connection.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
    working = select(func.count()).where(api_keys.c.account_id == account_id, _works(now))
    if (await connection.execute(working)).scalar_one() >= MOST_KEYS:
        raise KeyLimit(MOST_KEYS)
    made = new_key(ring.environment)
    secret_id = ring.secrets.current_id
    row = (
        await connection.execute(
            insert(api_keys)
            .values(
                account_id=account_id,
                prefix=made.prefix,
                name=name,
                digest=ring.secrets.digest(secret_id, _PURPOSE, made.text.encode()),
                secret_id=secret_id,
                scopes=sorted(scopes),
                created_at=now,
                expires_at=expires_at,
            )
            .returning(*api_keys.c)
        )
    ).one()
    await _log(connection, account_id, "key.made", row.id, now, {"prefix": made.prefix, "scopes": sorted(scopes)})
    return NewKey(made.text, _key(row))


async def holder_of(connection: AsyncConnection, ring: KeyRing, text: str, now: datetime) -> KeyHolder:
    """Whom a key speaks for. Raises KeyUnknown, alike whatever is wrong with it."""
    written = read_key(text, ring.environment)
    if written is None:
        raise KeyUnknown()
    rows = (
        select(*api_keys.c, accounts.c.address).join(accounts).where(api_keys.c.prefix == written.prefix, _works(now))
    )
    row = (await connection.execute(rows)).one_or_none()
    digest = ring.secrets.digest(row.secret_id, _PURPOSE, text.encode()) if row else None
    if row is None or digest is None or not hmac.compare_digest(digest, bytes(row.digest)):
        raise KeyUnknown()
    return KeyHolder(_key(row), bytes(row.address))


async def keys_of(connection: AsyncConnection, account_id: int) -> Sequence[ApiKey]:
    """All keys of an account, the newest first, those that work no more among them."""
    rows = select(*api_keys.c).where(api_keys.c.account_id == account_id).order_by(api_keys.c.id.desc())
    return [_key(row) for row in await connection.execute(rows)]


async def rotate_key(
    connection: AsyncConnection, ring: KeyRing, account_id: int, key_id: int, now: datetime, overlap: timedelta
) -> NewKey:
    """A new key in the place of one, which works on for `overlap` (at most seven days). Raises KeyUnknown."""
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise ValueError("overlap")
    owned = and_(api_keys.c.id == key_id, api_keys.c.account_id == account_id)
    wanted = select(*api_keys.c).where(owned, _works(now), api_keys.c.replaced_by.is_(None)).with_for_update()
    former = (await connection.execute(wanted)).one_or_none()
    if former is None:
        raise KeyUnknown()
    made = await make_key(
        connection, ring, account_id, former.name, frozenset(map(Scope, former.scopes)), now, former.expires_at
    )
    last = now + overlap
    ends = last if former.expires_at is None else min(last, former.expires_at)
    await connection.execute(update(api_keys).where(owned).values(replaced_by=made.key.id, expires_at=ends))
    told = {"replacedBy": made.key.id, "worksUntil": ends.isoformat()}
    await _log(connection, account_id, "key.rotated", key_id, now, told)
    return made


async def revoke_key(connection: AsyncConnection, account_id: int, key_id: int, now: datetime) -> ApiKey:
    """Ends a key at once; safe to repeat. Raises KeyUnknown for a key that is not the account's."""
    owned = and_(api_keys.c.id == key_id, api_keys.c.account_id == account_id)
    ended = update(api_keys).where(owned).values(revoked_at=func.coalesce(api_keys.c.revoked_at, now))
    row = (await connection.execute(ended.returning(*api_keys.c))).one_or_none()
    if row is None:
        raise KeyUnknown()
    if row.revoked_at == now:
        await _log(connection, account_id, "key.revoked", key_id, now, {})
    return _key(row)


async def count_use(connection: AsyncConnection, key_id: int, now: datetime, *, was_refused: bool = False) -> None:
    """Adds one request to the key's day."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    table = api_key_usage.c
    refused = int(was_refused)
    first = upsert(api_key_usage).values(key_id=key_id, day=day, requests=1, refused=refused, last_at=now)
    added = {
        "requests": table.requests + 1,
        "refused": table.refused + refused,
        "last_at": func.greatest(table.last_at, now),
    }
    await connection.execute(first.on_conflict_do_update(index_elements=[table.key_id, table.day], set_=added))


async def usage_of(connection: AsyncConnection, account_id: int, key_id: int) -> Sequence[DayOfUse]:
    """What one of the account's keys asked for by day, the newest first, at most a year. Raises KeyUnknown."""
    owned = select(api_keys.c.id).where(api_keys.c.id == key_id, api_keys.c.account_id == account_id)
    if (await connection.execute(owned)).one_or_none() is None:
        raise KeyUnknown()
    table = api_key_usage.c
    days = select(*table).where(table.key_id == key_id).order_by(table.day.desc()).limit(366)
    return [DayOfUse(row.day, row.requests, row.refused, row.last_at) for row in await connection.execute(days)]


async def _log(
    connection: AsyncConnection, account_id: int, action: str, key_id: int, now: datetime, detail: Mapping[str, Any]
) -> None:
    actor, subject = f"account:{account_id}", f"key:{key_id}"
    await record(connection, actor=actor, action=action, subject=subject, now=now, detail=detail)


def _works(now: datetime) -> Any:
    is_unexpired = or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > now)
    return and_(api_keys.c.revoked_at.is_(None), is_unexpired)


def _key(row: Any) -> ApiKey:
    return ApiKey(
        row.id,
        row.account_id,
        row.prefix,
        row.name,
        frozenset(map(Scope, row.scopes)),
        row.created_at,
        row.expires_at,
        row.revoked_at,
        row.replaced_by,
    )
