"""One seed of the fault simulator: a chain that grows and is reorganized, a node that fails, a mirror that is killed.

The mirror is a process of its own, forked from one that has its modules loaded, so that a SIGKILL costs no start.
"""

import multiprocessing
import random
import signal
import time
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from typing import Any

import psycopg

from indexer.commands.run import execute
from indexer.settings import Settings
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, deploy
from tests.indexer.faulty import FAULTS, Faults, faulty
from tests.indexer.mirroring import contents, places, places_on_chain, settings_for
from tests.indexer.test_reorg import emit_blocks, fresh

_DEEPEST = 64
_TURNS = 6
_SHARE = 0.12
_SECONDS = 120

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["indexer.commands.run", "indexer.manifest_origin"])


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one seed plays: two empty migrated databases, and a folder. `fallen`: their server fell and is up again."""

    database: str
    second_database: str
    home: Path
    fallen: Event


def simulate(seed: int, ground: Ground) -> dict[str, int]:
    """Plays one seed and holds the mirror against the chain; gives the faults that were met."""
    source = random.Random(seed)
    # Six seeds that follow on each other begin with two kinds each: however few faults they meet, the kinds are many.
    first = [FAULTS[(2 * seed + more) % len(FAULTS)] for more in (0, 1)]
    faults = Faults(random.Random(seed), _SHARE, first)
    with Anvil() as chain:
        chain.mine(_DEEPEST)
        emitters = deploy(chain)
        emitters.write_manifest(ground.home)
        # Half of the seeds begin with a history; where few blocks count as near the head, it is read as history is.
        emit_blocks(source, chain, emitters, source.choice((0, 12)))
        with faulty(chain.url, faults) as url:
            settings = settings_for(
                ground.database,
                chain,
                ground.home,
                LIGHTDOM_RPC_URL=url,
                LIGHTDOM_WS_URL=source.choice(("none", chain.url.replace("http", "ws"))),
                LIGHTDOM_INDEXER_POLL_MILLISECONDS="20",
                LIGHTDOM_INDEXER_TIMEOUT_MILLISECONDS="300",
                LIGHTDOM_INDEXER_WINDOW_BLOCKS=source.choice(("3", "20", "1000")),
                LIGHTDOM_INDEXER_REORG_BLOCKS=source.choice(("4", "16", "256")),
            )
            _live(source, settings, chain, emitters, faults)

        # A seed that is done early must not look while the database lies there.
        assert ground.fallen.wait(_SECONDS)
        found = contents(ground.database)
        assert places(found) == places_on_chain(chain, list(emitters.addresses.values()))
        assert found == fresh(ground.second_database, chain, ground.home)
        assert heard(ground.database, emitters.block) == chain.head
    return faults.met


def _live(source: random.Random, settings: Settings, chain: Anvil, emitters: Emitters, faults: Faults) -> None:
    work = _start(settings)
    try:
        _wait_for_requests(faults, 1)
        for _ in range(_TURNS):
            _turn(source, chain, emitters)
            _wait_for_requests(faults, source.choice((0, 2, 10)))
            if source.random() < 0.3:
                _end(work)
                if source.random() < 0.5:
                    chain.reorg(source.randint(1, 8))
                work = _start(settings)
            assert work.is_alive(), work.exitcode
        faults.share = 0
        # Not an empty block: one that was replaced by its equal would prove nothing.
        emit_blocks(source, chain, emitters, 2)
        wanted = chain.head, chain.block_hash(chain.head)
        deadline = time.monotonic() + _SECONDS
        while _reached(settings.database_url) != wanted:
            assert work.is_alive(), work.exitcode
            assert time.monotonic() < deadline, f"{_reached(settings.database_url)} instead of {wanted}"
            time.sleep(0.1)
    finally:
        _end(work)


def _turn(source: random.Random, chain: Anvil, emitters: Emitters) -> None:
    emit_blocks(source, chain, emitters, source.randint(1, 3))
    if source.random() < 0.5:
        chain.reorg(source.choice((1, 2, source.randint(1, _DEEPEST))))


def _wait_for_requests(faults: Faults, more: int) -> None:
    """Until the mirror has asked so much more, so that a busy machine sees the same play as an idle one."""
    wanted, deadline = faults.asked + more, time.monotonic() + _SECONDS
    while faults.asked < wanted:
        assert time.monotonic() < deadline, "the mirror asks nothing"
        time.sleep(0.005)


def _start(settings: Settings) -> BaseProcess:
    # The program's own verb; a function of these tests would be looked for in whatever else is called `tests`.
    process = _FORKS.Process(target=execute, args=(settings, Namespace(configured=None, others=[])), daemon=True)
    process.start()
    return process


def _end(process: BaseProcess) -> None:
    process.kill()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL


def _reached(database: str) -> tuple[int, bytes] | None:
    with suppress(psycopg.OperationalError), psycopg.connect(database) as connection:  # it may be starting again
        found: Any = connection.execute("SELECT number, hash FROM checkpoint").fetchone()
        return found
    return None


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
