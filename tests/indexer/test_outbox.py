"""What subscribers are told: all the same, in order, nothing twice, and each word taken back that was undone."""

import random
from contextlib import ExitStack
from pathlib import Path

import orjson
import psycopg

from indexer.store import CHANNEL
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, settings_for, take_steps
from tests.indexer.simulation import heard
from tests.indexer.test_reorg import emit_blocks


def test_every_subscriber_hears_the_same_legal_sequence_and_one_who_was_away_reads_it(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    source = random.Random(21)
    settings = settings_for(database, chain, tmp_path, LIGHTDOM_INDEXER_WINDOW_BLOCKS="3")
    late = emitters.addresses.pop("VirtualLandNFT")
    emitters.write_manifest(tmp_path)
    emitters.addresses["VirtualLandNFT"] = late
    with ExitStack() as stack:
        listeners = [stack.enter_context(psycopg.connect(database, autocommit=True)) for _ in range(3)]
        for listener in listeners:
            listener.execute(f"LISTEN {CHANNEL}")
        for turn in range(8):
            emit_blocks(source, chain, emitters, source.randint(1, 4))
            if turn == 4:
                emitters.write_manifest(tmp_path)  # a contract is added: its blocks are told again
            if turn % 3 == 2:
                catch_up(settings)
                chain.reorg(source.randint(1, 3))
            take_steps(settings, source.randint(1, 4))
        catch_up(settings)
        said = [[orjson.loads(notice.payload) for notice in each.notifies(timeout=0.3)] for each in listeners]

    with psycopg.connect(database) as connection:
        kept = [message for (message,) in connection.execute("SELECT message FROM outbox ORDER BY id")]
    assert said == [kept] * 3
    assert sum("reorg_to" in message for message in kept) >= 2
    assert heard(database, emitters.block) == chain.head
