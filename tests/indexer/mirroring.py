"""Runs the mirror in this process until it has caught up, and reads back what it wrote."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table, select

from indexer.chain import Chain
from indexer.database import engine
from indexer.mirror import Mirror, run
from indexer.node import Node
from indexer.own_store import open_own_writer
from indexer.settings import Settings, read_settings
from indexer.step import NothingNew, Outcome
from indexer.tables import checkpoint, event_tables, metadata, version_tables
from tests.indexer.anvil import Anvil

Contents = dict[str, list[tuple[Any, ...]]]


def settings_for(database: str, chain: Anvil, home: Path, **more: str) -> Settings:
    """Settings for one test; no patience with a node that went back, because anvil never lags."""
    return read_settings(
        {
            "LIGHTDOM_DATABASE_URL": database,
            "LIGHTDOM_RPC_URL": chain.url,
            "LIGHTDOM_HOME": str(home),
            "LIGHTDOM_INDEXER_PATIENCE_MILLISECONDS": "0",
        }
        | more
    )


def catch_up(settings: Settings) -> list[Outcome]:
    """All steps until there is nothing new."""
    return asyncio.run(_catch_up(settings, None))


def take_steps(settings: Settings, steps: int) -> list[Outcome]:
    """At most so many steps, as if the indexer were stopped after them."""
    return asyncio.run(_catch_up(settings, steps))


async def follow_until(settings: Settings, database: str, number: int) -> None:
    """Runs the whole program, waits and all, until this block is mirrored."""
    work = asyncio.ensure_future(run(settings))
    try:
        while await asyncio.to_thread(reached_block, database) != number:
            assert not work.done(), work.exception()
            await asyncio.sleep(0.05)
    finally:
        work.cancel()
        await asyncio.wait([work])


def reached_block(database: str) -> int:
    """The last mirrored block, -1 if there is none."""
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT number FROM checkpoint").fetchone()
    return int(found[0]) if found else -1


def contents(database: str) -> Contents:
    """Every row that comes from the chain, by table: what two mirrors of one chain must agree on."""
    with psycopg.connect(database) as connection:
        return {name: connection.execute(query).fetchall() for name, query in _queries().items()}


@cache
def _queries() -> dict[str, bytes]:
    """Written out once: SQLAlchemy would compile them anew for each of a thousand databases."""
    sorted_by = dict.fromkeys(event_tables(), ("block_number", "log_index"))
    sorted_by |= {table: tuple(column.name for column in table.primary_key) for table in version_tables()}
    sorted_by[metadata.tables["contracts"]] = ("name",)
    found = {table.name: _query(table, [c.name for c in table.columns], order) for table, order in sorted_by.items()}
    return found | {
        "checkpoint": _query(checkpoint, ["chain_id", "genesis_hash", "number", "hash", "time"], ("number",))
    }


def _query(table: Table, columns: Sequence[str], order: Sequence[str]) -> bytes:
    names, places = (", ".join(f'"{name}"' for name in some) for some in (columns, order))
    return f'SELECT {names} FROM "{table.name}" ORDER BY {places}'.encode()


def remembered_blocks(database: str) -> dict[int, bytes]:
    """The block hashes that are kept for a reorg."""
    blocks = metadata.tables["blocks"]
    with engine(database).connect() as connection:
        return {row.number: row.hash for row in connection.execute(select(blocks))}


def places(rows: Contents) -> list[tuple[int, int, bytes, bytes]]:
    """Block, log index, block hash and transaction hash of every mirrored log, in order."""
    event_names = {table.name for table in event_tables()}
    return sorted((r[0], r[2], r[3], r[4]) for name, found in rows.items() if name in event_names for r in found)


def places_on_chain(chain: Anvil, addresses: list[str]) -> list[tuple[int, int, bytes, bytes]]:
    """The same of every log that the node has of these contracts, asked without the indexer."""
    logs = chain.call("eth_getLogs", {"address": addresses, "fromBlock": "0x0", "toBlock": "latest"})
    return sorted(
        (
            int(log["blockNumber"], 16),
            int(log["logIndex"], 16),
            bytes.fromhex(log["blockHash"][2:]),
            bytes.fromhex(log["transactionHash"][2:]),
        )
        for log in logs
    )


async def _catch_up(settings: Settings, steps: int | None) -> list[Outcome]:
    outcomes: list[Outcome] = []
    async with Node(settings.rpc_url, settings.answer_bytes) as node, open_own_writer(settings.database_url) as writer:
        mirror = Mirror(Chain(node), writer, settings)
        while steps is None or len(outcomes) < steps:
            outcomes.append(await mirror.advance())
            if isinstance(outcomes[-1], NothingNew):
                break
    return outcomes
