"""Whatever the nodes do, the mirror ends like one that was read from scratch, and its subscribers heard no lie."""

import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from tests.indexer.conftest import copied
from tests.indexer.faulty import FAULTS, Faults
from tests.indexer.postgres import Postgres
from tests.indexer.simulation import Ground, simulate

_TOGETHER = 6
_USUAL = 30
_DEEP = 500

# Seeds that have failed once, each with what it showed: they run always.
_KEPT: tuple[int, ...] = ()


def _groups() -> list[object]:
    """Seeds that play at the same time, for most of a seed's time is waiting."""
    starts = range(0, _DEEP, _TOGETHER)
    groups = [tuple(range(start, min(start + _TOGETHER, _DEEP))) for start in starts]
    usual: list[object] = [group for group in groups if group[0] < _USUAL]
    deep = [pytest.param(group, marks=pytest.mark.deep) for group in groups if group[0] >= _USUAL]
    return usual + ([_KEPT] if _KEPT else []) + deep


@pytest.mark.parametrize("seeds", _groups(), ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
@pytest.mark.slow
def test_any_faults_end_like_a_fresh_mirror(
    postgres: Postgres, migrated: str, tmp_path: Path, seeds: tuple[int, ...]
) -> None:
    """Nodes fail, chains are reorganized, mirrors are killed, and once the database falls under all of them."""
    with ExitStack() as stack, ThreadPoolExecutor(_TOGETHER) as pool:
        grounds, fallen = [], Event()
        for seed in seeds:
            home = tmp_path / str(seed)
            home.mkdir()
            names = [stack.enter_context(copied(postgres, migrated)) for _ in range(2)]
            grounds.append(Ground(*names, home, fallen))
        playing = [pool.submit(simulate, seed, ground) for seed, ground in zip(seeds, grounds, strict=True)]
        time.sleep(random.Random(seeds[0]).uniform(1, 3))
        postgres.stop(signal.SIGQUIT)  # pg_ctl stop -m immediate
        postgres.start()
        fallen.set()
        met: Counter[str] = Counter()
        for seed, played in zip(seeds, playing, strict=True):
            try:
                met += Counter(played.result())
            except BaseException as error:
                error.add_note(f"seed {seed}: keep it in _KEPT")
                raise

    assert len(met) > len(FAULTS) / 2


def test_every_fault_is_one_that_the_simulator_can_make() -> None:
    source = Faults(random.Random(0), 1)

    assert {source.next() for _ in range(500)} == set(FAULTS)
