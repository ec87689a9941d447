"""A mirror has every log of ours, exactly, and nothing else."""

import random
from pathlib import Path

from indexer.step import Advanced, NothingNew
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, random_event
from tests.indexer.mirroring import catch_up, contents, places, places_on_chain, settings_for


def test_every_log_is_mirrored_with_its_place(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    source = random.Random(1)
    for _ in range(20):
        for _ in range(10):
            contract, log = random_event(source)
            emitters.emit(contract, [log])
        chain.mine(source.randint(1, 3))

    outcomes = catch_up(settings_for(database, chain, tmp_path))

    assert isinstance(outcomes[0], Advanced)
    assert isinstance(outcomes[-1], NothingNew)
    rows = contents(database)
    assert places(rows) == places_on_chain(chain, list(emitters.addresses.values()))
    assert len(places(rows)) == 200
    assert rows["set_aside_log"] == []
    assert rows["checkpoint"][0][2:4] == (chain.head, chain.block_hash(chain.head))
