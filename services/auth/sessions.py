"""Sessions of people: an opaque token in the browser, its digest here; rotated, revocable, ended by idleness and age.

A token is replaced every quarter of an hour. The one before works for half a minute more, since a browser asks for
several things at once; whoever uses it later has a stolen token or is robbed of one, and the session ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.audit import record
from services.auth.errors import SessionUnknown
from services.database import begin
from services.database.access import accounts, sessions

LIFE = timedelta(days=14)
IDLE_LIFE = timedelta(hours=12)
ROTATED_AFTER = timedelta(minutes=15)
FORMER_LIFE = timedelta(seconds=30)
# How often a session's use is written down.
_SEEN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A session that works."""

    id: int
    account_id: int
    address: bytes
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class NewSession:
    """A session that was just made or rotated; `token` goes to the browser and nowhere else."""

    token: str
    session: Session


async def start_session(connection: AsyncConnection, account_id: int, now: datetime) -> NewSession:
    """A new session of an account."""
    token = secrets.token_urlsafe(32)
    expires_at = now + LIFE
    values = {"created_at": now, "rotated_at": now, "seen_at": now, "expires_at": expires_at}
    made = insert(sessions).values(account_id=account_id, digest=_digest(token), **values).returning(sessions.c.id)
    session_id = (await connection.execute(made)).scalar_one()
    address = (await connection.execute(select(accounts.c.address).where(accounts.c.id == account_id))).scalar_one()
    await _log(connection, account_id, "session.started", session_id, now, {})
    return NewSession(token, Session(session_id, account_id, bytes(address), now, expires_at))


async def session_of(engine: AsyncEngine, token: str, now: datetime) -> Session | NewSession:
    """The session of a token; a NewSession when the token was due to be replaced. Raises SessionUnknown."""
    # Raised outside the transaction, which may have ended the session and must be committed.
    async with begin(engine) as connection:
        found = await _used(connection, _digest(token), now)
    if found is None:
        raise SessionUnknown()
    return found


async def _used(connection: AsyncConnection, digest: bytes, now: datetime) -> Session | NewSession | None:
    table = sessions.c
    rows = (
        select(*table, accounts.c.address)
        .join(accounts)
        .where(or_(table.digest == digest, table.former_digest == digest))
        .with_for_update(of=sessions)
    )
    row = (await connection.execute(rows)).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= now or row.seen_at + IDLE_LIFE <= now:
        return None
    session = Session(row.id, row.account_id, bytes(row.address), row.created_at, row.expires_at)
    own = update(sessions).where(table.id == row.id)
    if bytes(row.digest) != digest:
        if now - row.rotated_at <= FORMER_LIFE:
            return session
        await connection.execute(own.values(revoked_at=now))
        await _log(connection, row.account_id, "session.ended", row.id, now, {"why": "a replaced token was used"})
        return None
    if now - row.rotated_at >= ROTATED_AFTER:
        renewed = secrets.token_urlsafe(32)
        new = {"digest": _digest(renewed), "former_digest": digest, "rotated_at": now, "seen_at": now}
        await connection.execute(own.values(**new))
        return NewSession(renewed, session)
    if now - row.seen_at >= _SEEN_AFTER:
        await connection.execute(own.values(seen_at=now))
    return session


async def sessions_of(connection: AsyncConnection, account_id: int, now: datetime) -> Sequence[Session]:
    """The account's sessions that work, the newest first."""
    table = sessions.c
    rows = (
        select(*table, accounts.c.address)
        .join(accounts)
        .where(table.account_id == account_id, table.revoked_at.is_(None), table.expires_at > now)
        .where(table.seen_at > now - IDLE_LIFE)
        .order_by(table.id.desc())
    )
    found = await connection.execute(rows)
    return [Session(row.id, row.account_id, bytes(row.address), row.created_at, row.expires_at) for row in found]


async def end_session(connection: AsyncConnection, account_id: int, session_id: int, now: datetime) -> None:
    """Ends one of the account's sessions; safe to repeat. Raises SessionUnknown for another's."""
    owned = (sessions.c.id == session_id, sessions.c.account_id == account_id)
    ended = update(sessions).where(*owned).values(revoked_at=now).returning(sessions.c.id)
    if (await connection.execute(ended)).one_or_none() is None:
        raise SessionUnknown()
    await _log(connection, account_id, "session.ended", session_id, now, {})


async def _log(
    connection: AsyncConnection, account_id: int, action: str, session_id: int, now: datetime, detail: dict[str, str]
) -> None:
    actor, subject = f"account:{account_id}", f"session:{session_id}"
    await record(connection, actor=actor, action=action, subject=subject, now=now, detail=detail)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
