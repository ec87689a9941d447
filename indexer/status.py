"""How the mirror stands against the chain, as seen from outside of the writer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text

from indexer.chain import Chain
from indexer.database import engine, engine_reachable
from indexer.errors import Retryable
from indexer.migrations import head_revision, schema_revision
from indexer.node import Node
from indexer.settings import Settings
from indexer.store import WRITER_LOCK
from indexer.tables import checkpoint, event_tables


@dataclass(frozen=True, slots=True)
class Status:
    """`state`: synced, behind, halted, stopped, empty, foreign chain, chain unreachable or not migrated.

    None: not known.
    """

    state: str
    schema: str | None
    schema_needed: str
    is_running: bool
    chain_id: int | None
    chain_head: int | None
    indexed_block: int | None
    indexed_hash: str | None
    lag_blocks: int | None
    seen_at: datetime | None
    rows: dict[str, int]
    chain_error: str | None
    halted: str | None


@dataclass(frozen=True, slots=True)
class _Mirrored:
    schema: str | None
    is_running: bool
    chain_id: int | None
    genesis_hash: bytes | None
    number: int | None
    hash: bytes | None
    seen_at: datetime | None
    rows: dict[str, int]
    halted: str | None = None


async def read_status(settings: Settings) -> Status:
    """Asks the database, then the node. Raises DatabaseUnreachable; a node that is away is part of the answer."""
    with engine_reachable(), engine(settings.database_url).connect() as connection:
        mirrored = _read_mirrored(connection)
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
        state=_state(mirrored, genesis, lag),
        schema=mirrored.schema,
        schema_needed=head_revision(),
        is_running=mirrored.is_running,
        chain_id=mirrored.chain_id,
        chain_head=head,
        indexed_block=mirrored.number,
        indexed_hash=None if mirrored.hash is None else "0x" + mirrored.hash.hex(),
        lag_blocks=lag,
        seen_at=mirrored.seen_at,
        rows=mirrored.rows,
        chain_error=chain_error,
        halted=mirrored.halted,
    )


def _state(mirrored: _Mirrored, genesis: bytes | None, lag: int | None) -> str:
    if mirrored.schema != head_revision():
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


def _read_mirrored(connection: Connection) -> _Mirrored:
    schema = schema_revision(connection)
    # Session locks on a bigint key are shown as its two halves.
    locked = text(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (classid::bigint << 32) + objid::bigint = :key)"
    )
    is_running = bool(connection.execute(locked, {"key": WRITER_LOCK}).scalar_one())
    if schema != head_revision():
        return _Mirrored(schema, is_running, None, None, None, None, None, {})
    rows = {
        str(table.name): connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in event_tables()
    }
    found = connection.execute(select(checkpoint)).one_or_none()
    if found is None:
        return _Mirrored(schema, is_running, None, None, None, None, None, rows)
    return _Mirrored(
        schema,
        is_running,
        found.chain_id,
        found.genesis_hash,
        found.number,
        found.hash,
        found.seen_at,
        rows,
        found.halted,
    )
