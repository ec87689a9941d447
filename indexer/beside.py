"""Builds a new version of our own mirror beside the old one, which goes on meanwhile, and switches to it."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import psycopg

from indexer.chain import Chain
from indexer.connection import connect, reachable
from indexer.database import engine, engine_reachable
from indexer.errors import WriterBusy
from indexer.manifest_origin import ManifestOrigin
from indexer.migrations import upgrade_beside
from indexer.migrations.beside import BESIDE, discard, drop_old, switch
from indexer.mirror import Mirror
from indexer.node import Node
from indexer.own_store import own_store
from indexer.settings import Settings
from indexer.step import NothingNew
from indexer.store import CHANNEL
from indexer.telemetry import logger

_WAIT_SECONDS = 1.0


async def build_beside(settings: Settings) -> None:
    """Mirrors all of the chain by this program's schema, waits until the old writer has ended, and switches.

    Stopped at any moment it leaves the old version as it was; what was built is gone on with the next time.
    """
    database = engine(settings.database_url, BESIDE)
    with engine_reachable(), connect(settings.database_url) as connection:
        _make_schema(connection)
        upgrade_beside(database)
    await _catch_up(settings)
    with reachable(), connect(settings.database_url) as connection:
        await _become_writer(connection)
        await _catch_up(settings)  # what came while the old writer took its time to end
        await _between_readers(lambda: switch(connection, own_store().schema, CHANNEL))
        logger.info("switched")
        await _between_readers(lambda: drop_old(connection))


async def _between_readers(change: Callable[[], None]) -> None:
    while True:
        with contextlib.suppress(psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            return change()
        logger.info("waiting for readers to end their transactions")
        await asyncio.sleep(_WAIT_SECONDS)


def _make_schema(connection: psycopg.Connection[Any]) -> None:
    """Goes on with what is there if it is of this program's version; the upgrade brings it there, or fails."""
    found = connection.execute(
        "SELECT to_regclass(%s) IS NULL AND to_regnamespace(%s) IS NOT NULL",
        [f"{BESIDE}.indexer_schema_version", BESIDE],
    ).fetchone()
    if found and found[0]:
        discard(connection)
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {BESIDE}".encode())


async def _catch_up(settings: Settings) -> None:
    origin = ManifestOrigin(settings, BESIDE)
    async with Node(settings.rpc_url, settings.answer_bytes) as node, origin.open() as writer:
        mirror = Mirror(Chain(node), writer, settings, origin)
        while not isinstance(await mirror.advance(), NothingNew):
            pass


async def _become_writer(connection: psycopg.Connection[Any]) -> None:
    """Waits until no other indexer writes the old version; then none can begin before the switch."""
    has_said = False
    while True:
        found = connection.execute("SELECT pg_try_advisory_lock(%s)", [own_store().lock]).fetchone()
        if found and found[0]:
            return
        if not has_said:
            logger.info("built beside; stop the old indexer now", reason=str(WriterBusy()))
            has_said = True
        await asyncio.sleep(_WAIT_SECONDS)
