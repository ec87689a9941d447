"""One operation's snapshot: read-only, bounded in time, and of one block."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from api import Settings
from api.database import Reads, open_engine
from api.errors import TooComplex, Unavailable
from api.types.meta import read_meta
from indexer.database import engine as writing_engine
from tests.api.chain_rows import town


@asynccontextmanager
async def _reads(url: str, **settings: int) -> AsyncIterator[Callable[[], Reads]]:
    engine = open_engine(Settings(url, dashboards=Path("absent"), **settings))
    opened: list[Reads] = []

    def open_reads() -> Reads:
        opened.append(Reads(engine))
        return opened[-1]

    try:
        yield open_reads
    finally:
        for reads in opened:
            await reads.close()
        await engine.dispose()


def test_nothing_can_be_written_through_it(town_url: str) -> None:
    async def write() -> None:
        async with _reads(town_url) as open_reads:
            with pytest.raises(InternalError, match="read-only"):
                await open_reads().rows(text("DELETE FROM checkpoint"))

    asyncio.run(write())


def test_a_statement_over_its_time_is_too_complex(town_url: str) -> None:
    async def sleep() -> None:
        async with _reads(town_url, statement_timeout_ms=50) as open_reads:
            with pytest.raises(TooComplex):
                await open_reads().rows(text("SELECT pg_sleep(5)"))

    asyncio.run(sleep())


def test_a_process_whose_connections_are_all_taken_is_unavailable_and_recovers(town_url: str) -> None:
    async def crowd() -> None:
        async with _reads(town_url, pool_size=1, statement_timeout_ms=200) as open_reads:
            first, second = open_reads(), open_reads()
            await first.rows(text("SELECT 1"))
            with pytest.raises(Unavailable):
                await second.rows(text("SELECT 1"))
            await first.close()

            assert await second.rows(text("SELECT 1"))

    asyncio.run(crowd())


def test_it_stays_at_its_block_while_the_indexer_goes_on(empty_chain: str) -> None:
    chain = town(claims=1)
    engine = writing_engine(empty_chain)
    chain.write(engine)

    async def look_twice() -> None:
        async with _reads(empty_chain) as open_reads:
            reads = open_reads()
            before = await read_meta(reads)
            chain.next_block()
            chain.write(engine)

            assert before is not None
            assert (await read_meta(reads)).block.number == before.block.number  # type: ignore[union-attr]
            assert (await read_meta(open_reads())).block.number == before.block.number + 1  # type: ignore[union-attr]

    asyncio.run(look_twice())
    engine.dispose()
