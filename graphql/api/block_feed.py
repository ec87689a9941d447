"""News of blocks: one LISTEN for the process, told to everyone who waits.

The indexer notifies `lightdom_blocks` in the transaction that wrote a block's rows, so a listener who then reads finds
them. News that come faster than a listener reads are merged into one, so a slow listener costs no memory and falls
behind by blocks, not by messages.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import psycopg
import structlog

log = structlog.get_logger("api.block_feed")

CHANNEL = "lightdom_blocks"
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class News:
    """The chain has moved. `reorg_to`: the last block that is still true, if blocks after it were taken back."""

    reorg_to: int | None = None


class Listener:
    """What one waiter has not read yet."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._reorg_to: int | None = None

    def tell(self, news: News) -> None:
        if news.reorg_to is not None:
            self._reorg_to = news.reorg_to if self._reorg_to is None else min(self._reorg_to, news.reorg_to)
        self._arrived.set()

    async def next(self) -> News:
        """The news since the last call, as one; waits for some."""
        await self._arrived.wait()
        self._arrived.clear()
        reorg_to, self._reorg_to = self._reorg_to, None
        return News(reorg_to)


class BlockFeed:
    """The process's one connection to the indexer's notifications."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._listeners: set[Listener] = set()

    @contextlib.contextmanager
    def listening(self) -> Iterator[Listener]:
        """A listener who misses nothing from here on."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def run(self) -> None:
        """Listens until cancelled; a lost connection is made again, and counts as news."""
        wait_seconds = _FIRST_WAIT_SECONDS
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._database_url, autocommit=True, connect_timeout=5, application_name="lightdom-api-feed"
                )
                async with connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    wait_seconds = _FIRST_WAIT_SECONDS
                    self._tell(News())
                    async for notification in connection.notifies():
                        self._tell(_read(notification.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("listening interrupted", error=type(error).__name__, again_in_seconds=wait_seconds)
            await asyncio.sleep(wait_seconds)
            wait_seconds = min(wait_seconds * 2, _LONGEST_WAIT_SECONDS)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listens while the context is open."""
        task = asyncio.create_task(self.run(), name="block feed")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _tell(self, news: News) -> None:
        for listener in self._listeners:
            listener.tell(news)


def _read(payload: str) -> News:
    try:
        return News(json.loads(payload).get("reorg_to"))
    except (ValueError, AttributeError):
        # Whatever it said, something moved; readers look for themselves.
        return News()
