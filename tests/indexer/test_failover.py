"""With several nodes, one that fails or is of another chain is left, and never followed."""

import asyncio
import random
from pathlib import Path

import pytest

from indexer.errors import ForeignChain, SettingInvalid
from indexer.mirror import run
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.faulty import Faults, faulty
from tests.indexer.mirroring import contents, follow_until, places, places_on_chain, settings_for
from tests.indexer.test_reorg import emit_blocks


def test_each_of_several_urls_is_checked(database: str, chain: Anvil, tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match="LIGHTDOM_RPC_URL"):
        settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=f"{chain.url},ftp://x")


def test_a_node_of_another_chain_stops_a_mirror_that_has_no_other(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    asyncio.run(follow_until(settings_for(database, chain, tmp_path), database, chain.head))

    with Anvil("--timestamp", "1600000000") as other, pytest.raises(ForeignChain):
        asyncio.run(run(settings_for(database, other, tmp_path)))


def test_a_dead_node_a_foreign_one_and_a_faulty_one_are_left_for_a_good_one(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    asyncio.run(follow_until(settings_for(database, chain, tmp_path), database, chain.head))
    emit_blocks(random.Random(1), chain, emitters, 10)
    with (
        Anvil("--timestamp", "1600000000") as foreign,
        faulty(chain.url, Faults(random.Random(1), 0.9)) as faulty_url,
    ):
        urls = f"http://127.0.0.1:1,{foreign.url},{faulty_url},{chain.url}"
        asyncio.run(follow_until(settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=urls), database, chain.head))

    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
