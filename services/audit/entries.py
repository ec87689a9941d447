"""Entries of the audit log: numbered without gaps, each with the hash of the one before in its own.

An entry stays for ever, so it names accounts, keys and plans by their ids and holds nothing personal.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit.errors import EntryInvalid
from services.database.audit import audit_entries

NOTHING_BEFORE = bytes(32)
"""What stands for the hash before the first entry."""

LONGEST_NAME = 200
MOST_DETAIL = 8_192

# Arbitrary; held from the reading of the last number to the commit, so that numbers have no gaps and links no forks.
_LOCK = 0x4C44_4155

Detail = str | int | bool | None | Sequence["Detail"] | Mapping[str, "Detail"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `detail` is canonical JSON, `hash` the leaf hash of RFC 9162, 2.1.1 (SHA-256)."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    previous: bytes
    hash: bytes

    @property
    def is_sound(self) -> bool:
        """Whether the hash is that of the other fields."""
        return self.hash == leaf_hash(
            self.number, self.at, self.actor, self.action, self.subject, self.detail, self.previous
        )


def leaf_hash(number: int, at: datetime, actor: str, action: str, subject: str, detail: str, previous: bytes) -> bytes:
    """SHA-256(00 | the fields as canonical JSON), 32 bytes."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [number, moment, actor, action, subject, detail, previous.hex()]
    return sha256(b"\0" + json.dumps(told, separators=(",", ":")).encode()).digest()


async def record(
    connection: AsyncConnection,
    *,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    detail: Mapping[str, Detail] | None = None,
) -> Entry:
    """Adds an entry within the caller's transaction: both are kept, or neither. Raises EntryInvalid.

    To be called last: entries of other transactions wait from here to the commit. `actor` and `subject` are ids such
    as `account:7`, `action` a past participle such as `key.made`.
    """
    for field, value in (("actor", actor), ("action", action), ("subject", subject)):
        if not 0 < len(value) <= LONGEST_NAME or not value.isprintable():
            raise EntryInvalid(field, f"1 to {LONGEST_NAME} printable characters")
    told = _canonical(detail or {})
    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = (
        await connection.execute(
            select(audit_entries.c.number, audit_entries.c.hash).order_by(audit_entries.c.number.desc()).limit(1)
        )
    ).one_or_none()
    number, previous = (last.number + 1, bytes(last.hash)) if last else (1, NOTHING_BEFORE)
    entry = Entry(
        number=number,
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        detail=told,
        previous=previous,
        hash=leaf_hash(number, now, actor, action, subject, told, previous),
    )
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    await connection.execute(insert(audit_entries).values(**values))
    return entry


async def entries_of(
    connection: AsyncConnection, *, subject: str | None = None, before: int | None = None, limit: int = 20
) -> list[Entry]:
    """Entries, the newest first: those about `subject`, and numbered below `before`, where that is asked."""
    rows = select(audit_entries).order_by(audit_entries.c.number.desc()).limit(limit)
    if subject is not None:
        rows = rows.where(audit_entries.c.subject == subject)
    if before is not None:
        rows = rows.where(audit_entries.c.number < before)
    return [entry_of(row) for row in await connection.execute(rows)]


async def every_entry(connection: AsyncConnection, *, after: int = 0) -> AsyncIterator[Entry]:
    """All entries above a number in their order, a thousand in memory at a time."""
    while True:
        rows = select(audit_entries).where(audit_entries.c.number > after).order_by(audit_entries.c.number).limit(1_000)
        found = [entry_of(row) for row in await connection.execute(rows)]
        for entry in found:
            yield entry
        if not found:
            return
        after = found[-1].number


def entry_of(row: Any) -> Entry:
    """An entry from its row."""
    return Entry(
        row.number, row.at, row.actor, row.action, row.subject, row.detail, bytes(row.previous), bytes(row.hash)
    )


def _canonical(detail: Mapping[str, Detail]) -> str:
    try:
        text = json.dumps(detail, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise EntryInvalid("detail", f"JSON ({error})") from error
    if len(text) > MOST_DETAIL:
        raise EntryInvalid("detail", f"at most {MOST_DETAIL} characters of JSON")
    return text
