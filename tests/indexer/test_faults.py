"""Whatever the nodes do, the mirror ends like one that was read from scratch, and its subscribers heard no lie."""

import asyncio
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indexer.mirror import run
from indexer.settings import Settings
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.faulty import FAULTS, Faults, faulty
from tests.indexer.mirroring import contents, places, places_on_chain, settings_for
from tests.indexer.test_reorg import emit_blocks, fresh

_USUAL = 4
_DEEP = 500
_DEEPEST = 64


@pytest.mark.parametrize(
    "seed", [*range(_USUAL), *(pytest.param(n, marks=pytest.mark.deep) for n in range(_USUAL, _DEEP))]
)
@pytest.mark.slow
def test_any_faults_end_like_a_fresh_mirror(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, seed: int
) -> None:
    faults = Faults(random.Random(seed), 0.15)
    with faulty(chain.url, faults) as url:
        settings = settings_for(
            database,
            chain,
            tmp_path,
            LIGHTDOM_RPC_URL=url,
            LIGHTDOM_INDEXER_POLL_MILLISECONDS="10",
            LIGHTDOM_INDEXER_WINDOW_BLOCKS=random.Random(seed).choice(("3", "20", "1000")),
        )
        asyncio.run(_live(random.Random(seed + 1), settings, chain, emitters, faults))

    assert faults.met
    assert contents(database) == fresh(second_database, chain, tmp_path)
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
    assert heard(database, emitters.block) == chain.head


def test_every_fault_is_one_that_the_simulator_can_make() -> None:
    source = Faults(random.Random(0), 1)

    assert {source.next() for _ in range(500)} == set(FAULTS)


async def _live(source: random.Random, settings: Settings, chain: Anvil, emitters: Emitters, faults: Faults) -> None:
    """The chain grows and is reorganized while the indexer runs, is stopped at any moment, and runs again."""
    chain.mine(_DEEPEST)
    work = asyncio.create_task(run(settings))
    for _ in range(10):
        await asyncio.to_thread(_turn, source, chain, emitters)
        await asyncio.sleep(source.uniform(0, 0.2))
        if source.random() < 0.2:
            await _stop(work)
            if source.random() < 0.5:
                await asyncio.to_thread(chain.reorg, source.randint(1, 8))
            work = asyncio.create_task(run(settings))
        assert not work.done(), work.exception()
    faults.share = 0
    # Not an empty block: one that was replaced by its equal would prove nothing.
    await asyncio.to_thread(emit_blocks, source, chain, emitters, 2)
    wanted = await asyncio.to_thread(lambda: (chain.head, chain.block_hash(chain.head)))
    async with asyncio.timeout(90):
        while await asyncio.to_thread(_reached, settings.database_url) != wanted:
            assert not work.done(), work.exception()
            await asyncio.sleep(0.1)
    await _stop(work)


def _turn(source: random.Random, chain: Anvil, emitters: Emitters) -> None:
    emit_blocks(source, chain, emitters, source.randint(1, 4))
    if source.random() < 0.4:
        chain.reorg(source.choice((1, 2, source.randint(1, _DEEPEST))))


async def _stop(work: "asyncio.Task[None]") -> None:
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


def _reached(database: str) -> tuple[int, bytes] | None:
    with psycopg.connect(database) as connection:
        found: Any = connection.execute("SELECT number, hash FROM checkpoint").fetchone()
    return found


def heard(database: str, start: int) -> int:
    """Follows the outbox as a subscriber would: each block once, after the one before, or taken back by a word."""
    here = -1
    with psycopg.connect(database) as connection:
        for first, message in connection.execute("SELECT first_block, message FROM outbox ORDER BY id"):
            if "reorg_to" in message:
                assert message["reorg_to"] < here
                assert first == message["reorg_to"] + 1
                here = message["reorg_to"]
            else:
                assert first == max(here + 1, start)
                assert message["number"] >= first
                here = message["number"]
    return here
