"""Killed at any moment, with its database restarted under it and its chain reorganized, the mirror is whole again."""

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, places, places_on_chain, settings_for
from tests.indexer.postgres import Postgres
from tests.indexer.process import Process, wait_until
from tests.indexer.test_reorg import emit_blocks


@pytest.fixture
def process(database: str, chain: Anvil, tmp_path: Path) -> Iterator[Process]:
    process = Process(database, chain.url, tmp_path, LIGHTDOM_INDEXER_WINDOW_BLOCKS="3")
    process.start()
    yield process
    process.stop()


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.deep) for n in range(1, 12))])
@pytest.mark.slow
def test_kills_restarts_and_reorgs_leave_a_mirror_like_a_fresh_one(
    process: Process,
    postgres: Postgres,
    database: str,
    second_database: str,
    chain: Anvil,
    emitters: Emitters,
    tmp_path: Path,
    seed: int,
) -> None:
    source = random.Random(seed)
    for turn in range(24):
        if turn % 8 == 0:
            wait_until(lambda: process.is_working)
        emit_blocks(source, chain, emitters, source.randint(1, 8))
        time.sleep(source.uniform(0, 0.3))
        if source.random() < 0.4:
            chain.reorg(source.randint(1, min(8, chain.head - emitters.block - 1)))
        if turn % 8 == 3:
            postgres.stop(signal.SIGQUIT)
            postgres.start()
        if turn % 8 == 7:
            process.stop(signal.SIGKILL)
            process.start()

    wait_until(lambda: reached(database) == (chain.head, chain.block_hash(chain.head)))
    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
    assert '"level": "error"' not in process.words


def test_a_polite_stop_ends_with_success(process: Process, database: str, chain: Anvil, emitters: Emitters) -> None:
    wait_until(lambda: reached(database)[0] == chain.head)

    assert process.stop(signal.SIGTERM) == 0


def test_a_second_indexer_stands_by_until_the_first_ends(
    process: Process, database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    wait_until(lambda: process.is_working)
    standby_home = tmp_path / "standby"
    standby_home.mkdir()
    emitters.write_manifest(standby_home)
    standby = Process(database, chain.url, standby_home)
    standby.start()
    try:
        wait_until(lambda: "WriterBusy" in standby.words)
        process.stop(signal.SIGKILL)
        emit_blocks(random.Random(1), chain, emitters, 2)
        wait_until(lambda: reached(database)[0] == chain.head)
    finally:
        standby.stop()


def reached(database: str) -> tuple[int, bytes]:
    """Number and hash of the last mirrored block."""
    found = contents(database)["checkpoint"]
    return (found[0][2], found[0][3]) if found else (-1, b"")
