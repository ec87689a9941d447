"""python -m indexer verify: reads the chain again and compares every row."""

import argparse
import asyncio
import sys

from psycopg import sql

from indexer.chain import Chain
from indexer.children import children_in
from indexer.commands.exits import FATAL
from indexer.config import Config
from indexer.connection import connect, reachable
from indexer.log import BEFORE_GENESIS, Position
from indexer.manifest import manifest_path, read_deployment
from indexer.node import Node
from indexer.own_contracts import own_target
from indexer.own_store import own_store
from indexer.settings import Settings
from indexer.typed_store import typed_store
from indexer.typed_tables import child_sources, typed_target
from indexer.verify import Verdict, verify
from indexer.versions import compare_versions


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Exit code 1: they differ."""
    verdict = asyncio.run(_compare(settings, options.configured))
    for found in verdict.differences:
        sys.stdout.write(
            f"{found.table}: blocks {found.first} to {found.last}: {found.surplus} rows that the chain has not, "
            f"{found.missing} that are missing\n"
        )
    wrong = {} if options.configured else _compare_versions(settings)
    for name, (surplus, missing) in wrong.items():
        sys.stdout.write(f"{name}: {surplus} versions that the rows do not say, {missing} that are missing\n")
    sys.stdout.write(
        f"{verdict.blocks} blocks, {verdict.rows} logs, {len(verdict.differences) + len(wrong)} differences\n"
    )
    return FATAL if verdict.differences or wrong else 0


def _compare_versions(settings: Settings) -> dict[str, tuple[int, int]]:
    """Of rows that are right, the state must be too."""
    store = own_store()
    with reachable(), connect(settings.database_url, store.schema) as connection:
        return compare_versions(connection, store.schema)


async def _compare(settings: Settings, config: Config | None) -> Verdict:
    """Needs no writer: it reads, beside one that runs."""
    store = own_store() if config is None else typed_store(config)
    with reachable(), connect(settings.database_url, store.schema) as connection:
        asked = sql.SQL("SELECT number, hash, extract(epoch FROM time)::bigint FROM {}")
        found = connection.execute(asked.format(sql.Identifier(store.checkpoint))).fetchone()
        here = BEFORE_GENESIS if found is None else Position(*found)
        async with Node(settings.rpc_url, settings.answer_bytes) as node:
            chain = Chain(node)
            if config is None:
                chain_id, genesis = await chain.identity()
                target = own_target(read_deployment(manifest_path(settings.home, chain_id), genesis))
            else:
                target = typed_target(config, children_in(connection.cursor(), child_sources(config)))
            return await verify(chain, connection, store, target, here, settings.window_blocks)
