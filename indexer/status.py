"""How the mirror stands against the chain, as seen from outside of the writer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from indexer.chain import Chain
from indexer.connection import connect, reachable
from indexer.errors import Retryable
from indexer.node import Node
from indexer.settings import Settings
from indexer.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """`state`: synced, behind, halted, stopped, empty, foreign chain, chain unreachable or not migrated.

    None: not known. `schema_needed`: None where nothing is migrated, as with a configuration's tables.
    """

    state: str
    schema: str | None
    schema_needed: str | None
    is_running: bool
    chain_id: int | None
    chain_head: int | None
    indexed_block: int | None
    indexed_hash: str | None
    final_block: int | None
    lag_blocks: int | None
    seen_at: datetime | None
    rows: dict[str, int]
    chain_error: str | None
    halted: str | None


@dataclass(frozen=True, slots=True)
class _Mirrored:
    """What the checkpoint says; `is_there`: whether the tables are as this program needs them."""

    is_there: bool
    is_running: bool
    chain_id: int | None = None
    genesis_hash: bytes | None = None
    number: int | None = None
    hash: bytes | None = None
    final_number: int | None = None
    seen_at: datetime | None = None
    halted: str | None = None


async def read_status(settings: Settings, store: Store, schema: str | None, schema_needed: str | None) -> Status:
    """Asks the database, then the node. Raises DatabaseUnreachable; a node that is away is part of the answer.

    `schema`, `schema_needed`: the revision that the database is at, and the one that this program needs.
    """
    with reachable(), connect(settings.database_url, store.schema) as connection:
        mirrored = _read_mirrored(connection, store, schema == schema_needed)
        rows = _count(connection, store) if mirrored.is_there else {}
    genesis, head, chain_error = None, None, None
    try:
        async with Node(settings.rpc_url, settings.answer_bytes) as node:
            chain = Chain(node)
            _, genesis = await chain.identity()
            head = (await chain.latest()).number
    except Retryable as error:
        chain_error = str(error)
    lag = None if head is None or mirrored.number is None else max(0, head - settings.confirmations - mirrored.number)
    return Status(
        state="empty" if not mirrored.is_there and schema_needed is None else _state(mirrored, genesis, lag),
        schema=schema,
        schema_needed=schema_needed,
        is_running=mirrored.is_running,
        chain_id=mirrored.chain_id,
        chain_head=head,
        indexed_block=mirrored.number,
        indexed_hash=None if mirrored.hash is None else "0x" + mirrored.hash.hex(),
        final_block=None if mirrored.final_number == -1 else mirrored.final_number,
        lag_blocks=lag,
        seen_at=mirrored.seen_at,
        rows=rows,
        chain_error=chain_error,
        halted=mirrored.halted,
    )


def _state(mirrored: _Mirrored, genesis: bytes | None, lag: int | None) -> str:
    if not mirrored.is_there:
        return "not migrated"
    if genesis is None:
        return "chain unreachable"
    if mirrored.genesis_hash not in (None, genesis):
        return "foreign chain"
    if mirrored.halted is not None:
        return "halted"
    if not mirrored.is_running:
        return "stopped"
    if mirrored.number is None or mirrored.number < 0:
        return "empty"
    return "behind" if lag else "synced"


def _read_mirrored(connection: psycopg.Connection[Any], store: Store, is_migrated: bool) -> _Mirrored:
    # Session locks on a bigint key are shown as its two halves.
    locked = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (classid::bigint << 32) + objid::bigint = %s)",
        [store.lock],
    ).fetchone()
    is_running = locked == (True,)
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [store.checkpoint]).fetchone()
    if not is_migrated or there != (True,):
        return _Mirrored(False, is_running)
    asked = sql.SQL("SELECT chain_id, genesis_hash, number, hash, final_number, seen_at, halted FROM {}")
    found = connection.execute(asked.format(sql.Identifier(store.checkpoint))).fetchone()
    return _Mirrored(True, is_running, *(found or ()))


def _count(connection: psycopg.Connection[Any], store: Store) -> dict[str, int]:
    """Rows by table; of those that are not made yet, none."""
    rows = {}
    for table in store.tables:
        there = connection.execute("SELECT to_regclass(quote_ident(%s)) IS NOT NULL", [table.name]).fetchone()
        if there == (True,):
            counted = connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
            ).fetchone()
            rows[table.name] = counted[0] if counted else 0
    return rows
