"""The log takes entries whole or not at all, and whatever is done to them behind its back is found."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit import record
from services.audit.checking import check
from services.audit.entries import entries_of, leaf_hash
from services.audit.errors import EntryInvalid, LogBroken
from services.audit.heads import Head, newest_head, sign_head
from services.database import begin, open_engine
from tests.services.audit.conftest import NOW

ENTRIES = 9
SIGNED = (4, 7)


def _in_transaction(database: str, work: Callable[[AsyncConnection], Awaitable[Any]], *, kept: bool = True) -> Any:
    async def run() -> Any:
        engine = open_engine(database)
        try:
            async with engine.connect() as connection:
                result = await work(connection)
                await (connection.commit() if kept else connection.rollback())
                return result
        finally:
            await engine.dispose()

    return asyncio.run(run())


async def _write(connection: AsyncConnection, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        await record(
            connection,
            actor="account:1",
            action="key.made",
            subject=f"key:{number}",
            now=NOW + timedelta(seconds=number),
            detail={"scopes": ["read"], "order": number},
        )


@pytest.fixture(scope="module")
def written(postgres: Any, auditor: LocalAccount) -> str:
    """A database with a log of nine entries, and heads over four and seven of them."""
    from services.database.migrations import upgrade

    postgres.execute("CREATE DATABASE written")
    database: str = postgres.url("written")
    upgrade(database)

    async def work(connection: AsyncConnection) -> None:
        done = 0
        for size in SIGNED:
            await _write(connection, size - done, done + 1)
            done = size
            await sign_head(connection, auditor, 1, NOW + timedelta(seconds=size))
        await _write(connection, ENTRIES - done, done + 1)

    _in_transaction(database, work)
    return database


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actor": ""}, "actor"),
        ({"subject": "key:1\n"}, "subject"),
        ({"action": "a" * 201}, "action"),
        ({"detail": {"share": float("nan")}}, "detail"),
        ({"detail": {"key": object()}}, "detail"),
        ({"detail": {"long": "x" * 9_000}}, "detail"),
    ],
)
def test_an_entry_that_is_not_well_formed_is_refused(database: str, changes: dict[str, Any], field: str) -> None:
    fields: dict[str, Any] = {"actor": "account:1", "action": "key.made", "subject": "key:1", "now": NOW} | changes

    with pytest.raises(EntryInvalid) as refused:
        _in_transaction(database, lambda connection: record(connection, **fields))
    assert refused.value.field == field


@pytest.mark.parametrize("table", ["audit_entries", "audit_heads", "audit_anchors"])
@pytest.mark.parametrize("statement", ["UPDATE app.{} SET at = now()", "DELETE FROM app.{}", "TRUNCATE app.{}"])
def test_the_database_refuses_to_change_what_was_logged(written: str, table: str, statement: str) -> None:
    with psycopg.connect(written) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.format(table))  # type: ignore[arg-type]  # names of our own tables


def test_an_entry_goes_with_the_transaction_that_it_tells_of(database: str) -> None:
    _in_transaction(database, lambda connection: _write(connection, 1))
    _in_transaction(database, lambda connection: _write(connection, 3), kept=False)
    _in_transaction(database, lambda connection: _write(connection, 1))
    entries = _in_transaction(database, entries_of)

    assert [entry.number for entry in entries] == [2, 1]
    assert entries[0].previous == entries[1].hash
    assert entries[0].is_sound


def test_writers_at_once_leave_neither_gap_nor_fork(database: str) -> None:
    async def run() -> None:
        engine = open_engine(database, pool_size=8)

        async def write(number: int) -> None:
            async with begin(engine) as connection:
                await record(connection, actor=f"account:{number}", action="key.made", subject="key:1", now=NOW)

        await asyncio.gather(*(write(number) for number in range(40)))
        async with begin(engine) as connection:
            checked = await check(connection, now=NOW)
        await engine.dispose()
        assert checked.entries == 40
        assert checked.findings == []

    asyncio.run(run())


def test_nothing_is_signed_where_nothing_is_new(written: str, auditor: LocalAccount, database: str) -> None:
    async def again(connection: AsyncConnection) -> tuple[Head | None, Head | None]:
        return await sign_head(connection, auditor, 1, NOW), await sign_head(connection, auditor, 1, NOW)

    first, second = _in_transaction(written, again, kept=False)
    assert first is not None
    assert first.size == ENTRIES
    assert first.is_signed
    assert not replace(first, size=8).is_signed
    assert not replace(first, signature=bytes(65)).is_signed
    assert second is None
    assert _in_transaction(database, lambda connection: sign_head(connection, auditor, 1, NOW)) is None


def test_a_log_as_it_was_written_has_nothing_to_find(written: str, auditor: LocalAccount) -> None:
    signer = bytes.fromhex(auditor.address[2:])

    async def look(connection: AsyncConnection) -> Any:
        head = await newest_head(connection)
        assert head is not None
        return await check(connection, now=NOW, signer=signer, known=[(head.size, head.root)])

    checked = _in_transaction(written, look)
    assert (checked.entries, checked.heads, checked.findings) == (ENTRIES, len(SIGNED), [])


def test_entries_that_nobody_signs_are_missed(written: str) -> None:
    checked = _in_transaction(written, lambda connection: check(connection, now=NOW + timedelta(minutes=6)))

    assert [(each.code, each.place) for each in checked.findings] == [("NOT_SIGNED", SIGNED[-1] + 1)]


number = st.integers(1, SIGNED[-1])
# What somebody with all rights may do: statements, and which findings may tell of it.
tampering = st.one_of(
    st.tuples(st.just("UPDATE app.audit_entries SET actor = 'account:2' WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET action = 'key.revoked' WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET subject = 'key:99' WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET detail = '{{}}' WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET at = at + interval '1 microsecond' WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET previous = sha256(previous) WHERE number = {0}"), number),
    st.tuples(st.just("UPDATE app.audit_entries SET hash = sha256(hash) WHERE number = {0}"), number),
    st.tuples(st.just("DELETE FROM app.audit_entries WHERE number = {0}"), number),
    st.tuples(st.just("DELETE FROM app.audit_entries WHERE number >= {0}"), number),
    st.tuples(
        st.just(
            "INSERT INTO app.audit_entries SELECT 100, at, actor, action, subject, detail, previous, sha256(hash)"
            " FROM app.audit_entries WHERE number = {0}"
        ),
        number,
    ),
    st.tuples(
        st.just(
            "DELETE FROM app.audit_entries WHERE number = {0};"
            "UPDATE app.audit_entries SET number = number - 1 WHERE number > {0}"
        ),
        number,
    ),
    st.tuples(
        st.just(
            "UPDATE app.audit_entries SET number = 100 WHERE number = {0};"
            "UPDATE app.audit_entries SET number = {0} WHERE number = {0} + 1;"
            "UPDATE app.audit_entries SET number = {0} + 1 WHERE number = 100"
        ),
        number,
    ),
    st.tuples(st.just("UPDATE app.audit_heads SET root = sha256(root) WHERE size = {0}"), st.sampled_from(SIGNED)),
    st.tuples(st.just("UPDATE app.audit_heads SET at = at + interval '1 s' WHERE size = {0}"), st.sampled_from(SIGNED)),
    st.tuples(st.just("UPDATE app.audit_heads SET size = size + 1 WHERE size = {0}"), st.sampled_from(SIGNED)),
    st.tuples(
        st.just("UPDATE app.audit_heads SET signature = sha256(root) || sha256(root) || '\\x1b' WHERE size = {0}"),
        st.sampled_from(SIGNED),
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tampering)
def test_whatever_is_changed_behind_its_back_is_found(
    written: str, auditor: LocalAccount, change: tuple[str, int]
) -> None:
    async def tamper(connection: AsyncConnection) -> Any:
        await _unbound(connection, *change[0].format(change[1]).split(";"))
        return await check(connection, now=NOW, signer=bytes.fromhex(auditor.address[2:]))

    assert _in_transaction(written, tamper, kept=False).findings


def test_a_log_rewritten_with_all_its_hashes_differs_from_its_heads(written: str, auditor: LocalAccount) -> None:
    signer = bytes.fromhex(auditor.address[2:])
    thief: LocalAccount = Account.from_key(b"\x17" * 32)

    async def rewrite(connection: AsyncConnection) -> list[list[str]]:
        kept = await newest_head(connection)
        assert kept is not None
        await _rewritten(connection)
        found = [await check(connection, now=NOW, signer=signer)]
        await _unbound(connection, "DELETE FROM app.audit_heads")
        found.append(await check(connection, now=NOW, signer=signer, known=[(kept.size, kept.root)]))
        await sign_head(connection, thief, 1, NOW)
        found.append(await check(connection, now=NOW, signer=signer))
        return [[each.code for each in checked.findings] for checked in found]

    by_heads, by_kept, by_key = _in_transaction(written, rewrite, kept=False)
    assert by_heads == ["ROOT_DIFFERS"] * len(SIGNED)
    assert by_kept == ["KNOWN_HEAD_DIFFERS"]
    assert by_key == ["SIGNATURE_WRONG"]


def test_no_head_is_signed_over_entries_that_were_changed(written: str, auditor: LocalAccount) -> None:
    async def tamper(connection: AsyncConnection) -> None:
        await _unbound(connection, f"UPDATE app.audit_entries SET actor = 'account:2' WHERE number = {ENTRIES}")
        await sign_head(connection, auditor, 1, NOW)

    with pytest.raises(LogBroken) as refused:
        _in_transaction(written, tamper, kept=False)
    assert refused.value.number == ENTRIES


async def _unbound(connection: AsyncConnection, *statements: str) -> None:
    """What a superuser can do who turns the triggers off."""
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in statements:
        await connection.exec_driver_sql(statement)


async def _rewritten(connection: AsyncConnection) -> None:
    """Another actor in the first entry, and every hash after it made anew."""
    entries = list(reversed(await entries_of(connection, limit=ENTRIES)))
    previous = entries[0].previous
    for entry in entries:
        actor = "account:2" if entry.number == 1 else entry.actor
        told = (entry.number, entry.at, actor, entry.action, entry.subject, entry.detail, previous)
        made = leaf_hash(*told)
        values = (actor, previous, made, entry.number)
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.exec_driver_sql(
            "UPDATE app.audit_entries SET actor = %s, previous = %s, hash = %s WHERE number = %s", values
        )
        previous = made
