"""Becoming the one writer of a store: by an advisory lock, which ends with the connection that holds it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg

from indexer.connection import connect, reachable
from indexer.derived import Derived
from indexer.errors import DatabaseUnreachable, WriterBusy
from indexer.store import Store
from indexer.writer import Writer


@asynccontextmanager
async def open_writer(
    database_url: str, store: Store, check: Callable[[psycopg.Connection[Any]], None], derived: Sequence[Derived] = ()
) -> AsyncIterator[Writer]:
    """The writer of this store. Raises WriterBusy while another process is it; `check` raises what else is wrong."""
    with reachable():
        connection = await asyncio.to_thread(connect, database_url, store.schema)
    try:
        with reachable():
            await asyncio.to_thread(check, connection)
            found = connection.execute("SELECT pg_try_advisory_lock(%s)", [store.lock]).fetchone()
        if not (found and found[0]):
            raise WriterBusy
        writer = Writer(connection, store, derived)
        try:
            await writer.load()
            yield writer
        finally:
            await writer.close()
            # Given back by word: the end of the session would do, but a moment later than the next one may ask.
            with suppress(psycopg.Error):
                connection.execute("SELECT pg_advisory_unlock(%s)", [store.lock])
    finally:
        # Closing ends the session, and with it the lock; a connection that is gone already has no say in it.
        with suppress(DatabaseUnreachable), reachable():
            connection.close()
