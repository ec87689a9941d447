"""The mirror follows the deployment manifest: it waits for one, and mirrors again what a new one changes."""

import asyncio
import random
from pathlib import Path

import pytest

from indexer.deployment import Contract, Deployment, first_change
from indexer.errors import DeploymentMissing, ForeignChain
from indexer.manifest import read_deployment
from indexer.step import NothingNew
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, deploy, random_event
from tests.indexer.mirroring import catch_up, contents, follow_until, places, places_on_chain, settings_for
from tests.indexer.test_reorg import emit_blocks

GENESIS = bytes(31) + b"\1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "not there yet"),
        ("", "not a deployment manifest"),
        ("[]", "not a deployment manifest"),
        ('{"genesisHash": "0x01"}', "not a deployment manifest"),
        ('{"genesisHash": "0x02", "contracts": {}}', "of another chain"),
        (f'{{"genesisHash": "0x{GENESIS.hex()}", "contracts": {{}}}}', "names none of the contracts"),
    ],
)
def test_without_a_manifest_of_this_chain_there_is_nothing_to_mirror(
    tmp_path: Path, text: str | None, reason: str
) -> None:
    path = tmp_path / "31337.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(DeploymentMissing, match=reason) as refused:
        read_deployment(path, GENESIS)
    assert "ape run deploy" in str(refused.value)


def test_the_first_change_is_the_first_block_of_what_differs() -> None:
    token, land = Contract("DOMSpaceToken", b"\1" * 20, 5), Contract("VirtualLandNFT", b"\2" * 20, 9)
    moved = Contract("VirtualLandNFT", b"\3" * 20, 30)

    assert first_change((token, land), (token, land)) is None
    assert first_change((token,), (token, land)) == 9
    assert first_change((token, land), (token, moved)) == 9
    assert first_change((), (token, land)) == 5
    assert Deployment((token, land)).start == 5


def test_the_mirror_waits_until_the_contracts_are_deployed(database: str, chain: Anvil, tmp_path: Path) -> None:
    chain.mine(3)

    async def deploy_while_it_waits() -> None:
        following = asyncio.ensure_future(follow_until(settings_for(database, chain, tmp_path), database, 5))
        await asyncio.sleep(0.5)
        assert not following.done()
        deploy(chain).write_manifest(tmp_path)
        await following

    asyncio.run(deploy_while_it_waits())


def test_a_contract_added_later_is_mirrored_from_its_first_block(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    whole = dict(emitters.addresses)
    del emitters.addresses["ProofOfOptimization"]
    emitters.write_manifest(tmp_path)
    emitters.addresses.update(whole)
    emit_blocks(random.Random(1), chain, emitters, 8)
    catch_up(settings)
    assert contents(database)["claim_revealed"] == []

    emitters.write_manifest(tmp_path)
    catch_up(settings)
    catch_up(settings_for(second_database, chain, tmp_path))

    assert contents(database) == contents(second_database)
    assert places(contents(database)) == places_on_chain(chain, list(whole.values()))


def test_a_contract_with_a_new_address_takes_the_rows_of_the_old_one_away(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(2), chain, emitters, 5)
    catch_up(settings)
    again = deploy(chain)
    emit_blocks(random.Random(3), chain, again, 5)
    again.write_manifest(tmp_path)

    catch_up(settings)
    catch_up(settings_for(second_database, chain, tmp_path))

    assert contents(database) == contents(second_database)
    assert places(contents(database)) == places_on_chain(chain, list(again.addresses.values()))


def test_the_same_manifest_written_again_changes_nothing(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emitters.emit(*_one(random.Random(4)))
    chain.mine()
    catch_up(settings)
    before = contents(database)

    emitters.write_manifest(tmp_path)

    assert isinstance(catch_up(settings)[0], NothingNew)
    assert contents(database) == before


def test_a_database_of_another_chain_is_refused_and_left_alone(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(5), chain, emitters, 4)
    catch_up(settings_for(database, chain, tmp_path))
    before = contents(database)

    with Anvil("--timestamp", "1600000000") as other, pytest.raises(ForeignChain, match=r"rewind --to 0 --yes"):
        catch_up(settings_for(database, other, tmp_path))
    assert contents(database) == before


def _one(source: random.Random) -> tuple[str, list[tuple[list[bytes], bytes]]]:
    contract, log = random_event(source)
    return contract, [log]
