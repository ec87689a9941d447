"""After any interleaving of blocks, reorgs and interrupted steps the mirror equals one that was made afresh."""

import random
from collections.abc import Iterable
from pathlib import Path

import psycopg
import pytest

from indexer.sources import EVENTS
from indexer.step import Advanced, NodeBehind, Rewound
from indexer.store import CHANNEL
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, Raw, random_event
from tests.indexer.mirroring import (
    catch_up,
    contents,
    places,
    places_on_chain,
    remembered_blocks,
    settings_for,
    take_steps,
)


def test_a_replaced_block_takes_its_rows_with_it(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(2), chain, emitters, 8)
    catch_up(settings)
    head, before = chain.head, places(contents(database))
    assert before[-1][0] > head - 5

    chain.reorg(5)
    outcomes = catch_up(settings)

    assert [(o.to.number, o.depth) for o in outcomes if isinstance(o, Rewound)] == [(head - 5, 5)]
    assert places(contents(database)) == [place for place in before if place[0] <= head - 5]
    assert contents(database)["checkpoint"][0][3] == chain.block_hash(head)


def test_a_replaced_block_of_the_same_height_is_noticed_without_a_new_one(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(3), chain, emitters, 3)
    # Not an empty block: that could be replaced by its equal.
    emitters.emit(*_one(random_event(random.Random(3))))
    chain.mine()
    catch_up(settings)

    chain.reorg(1)

    assert isinstance(take_steps(settings, 1)[0], Rewound)


def test_a_shorter_chain_is_waited_for_and_then_followed(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(4), chain, emitters, 6)
    catch_up(settings_for(database, chain, tmp_path))
    before = contents(database)
    chain.rollback(4)

    patient = settings_for(database, chain, tmp_path, LIGHTDOM_INDEXER_PATIENCE_MILLISECONDS="60000")
    assert isinstance(take_steps(patient, 1)[0], NodeBehind)
    assert contents(database) == before

    catch_up(settings_for(database, chain, tmp_path))
    assert contents(database)["checkpoint"][0][2] == chain.head
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))


def test_a_reorg_deeper_than_the_kept_hashes_is_followed_by_those_in_the_rows(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path, LIGHTDOM_INDEXER_REORG_BLOCKS="2")
    emit_blocks(random.Random(5), chain, emitters, 12)
    catch_up(settings)
    assert len(remembered_blocks(database)) == 2

    chain.reorg(8)
    catch_up(settings)

    assert contents(database) == fresh(second_database, chain, tmp_path)


def test_subscribers_hear_of_blocks_and_of_what_was_undone(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    with psycopg.connect(database, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        # Not an empty block: that could be replaced by its equal.
        emitters.emit(*_one(random_event(random.Random(7))))
        chain.mine()
        catch_up(settings)
        mirrored = chain.head, chain.block_hash(chain.head).hex()
        chain.reorg(1)
        catch_up(settings)
        heard = [notice.payload for notice in listener.notifies(timeout=1, stop_after=3)]

    number = chain.head
    assert heard == [
        f'{{"number":{mirrored[0]},"hash":"0x{mirrored[1]}"}}',
        f'{{"reorg_to":{number - 1}}}',
        f'{{"number":{number},"hash":"0x{chain.block_hash(number).hex()}"}}',
    ]


@pytest.mark.parametrize("confirmations", [1, 5])
def test_blocks_without_enough_confirmations_are_not_mirrored(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, confirmations: int
) -> None:
    settings = settings_for(database, chain, tmp_path, LIGHTDOM_CONFIRMATIONS=str(confirmations))
    emit_blocks(random.Random(6), chain, emitters, 7)
    catch_up(settings)
    assert contents(database)["checkpoint"][0][2] == chain.head - confirmations

    chain.reorg(confirmations)
    assert not any(isinstance(outcome, Rewound) for outcome in catch_up(settings))


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(n, marks=pytest.mark.deep) for n in range(6, 100))])
def test_any_interleaving_ends_like_a_fresh_mirror(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, seed: int
) -> None:
    source = random.Random(seed)
    window = str(source.choice((1, 2, 3, 7, 100)))
    settings = settings_for(
        database, chain, tmp_path, LIGHTDOM_INDEXER_WINDOW_BLOCKS=window, LIGHTDOM_INDEXER_REORG_BLOCKS="5"
    )
    emit_blocks(source, chain, emitters, 10)
    for _ in range(30):
        match source.randrange(5):
            case 0:
                chain.reorg(source.randint(1, min(8, chain.head - emitters.block - 1)))
            case 1 if chain.head - emitters.block > 9:
                chain.rollback(source.randint(1, 8))
            case 2:
                take_steps(settings, source.randint(1, 4))
            case _:
                emit_blocks(source, chain, emitters, source.randint(1, 4))
    outcomes = catch_up(settings)

    assert isinstance(outcomes[0], Advanced | Rewound | NodeBehind) or len(outcomes) == 1
    assert contents(database) == fresh(second_database, chain, tmp_path)
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
    for number, block_hash in remembered_blocks(database).items():
        assert chain.block_hash(number) == block_hash


def emit_blocks(
    source: random.Random, chain: Anvil, emitters: Emitters, blocks: int, contracts: Iterable[str] = EVENTS
) -> None:
    """Blocks with up to three transactions of up to three events each, of these contracts."""
    for _ in range(blocks):
        for _ in range(source.randint(0, 3)):
            events = [random_event(source, contracts) for _ in range(source.randint(1, 3))]
            for contract in sorted({contract for contract, _ in events}):
                emitters.emit(contract, [log for of, log in events if of == contract])
        chain.mine()


def _one(event: tuple[str, Raw]) -> tuple[str, list[Raw]]:
    return event[0], [event[1]]


def fresh(database: str, chain: Anvil, home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a new mirror of this chain has."""
    catch_up(settings_for(database, chain, home))
    return contents(database)
