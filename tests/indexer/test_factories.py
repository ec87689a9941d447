"""Contracts that a factory creates are mirrored from their creation on; which there are is what the tables say."""

import json
from pathlib import Path

import pytest

from core_ext import keccak256
from indexer.command import main
from indexer.config import read_config
from indexer.errors import SettingInvalid
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.process import wait_until
from tests.indexer.test_chains import ask, reached, running

_CREATED = keccak256(b"Created(address,uint256)")
_SAID = keccak256(b"Said(uint256)")
_FACTORY_ABI = [
    {
        "type": "event",
        "name": "Created",
        "inputs": [
            {"name": "child", "type": "address", "indexed": True},
            {"name": "salt", "type": "uint256", "indexed": False},
        ],
    }
]
_CHILD_ABI = [{"type": "event", "name": "Said", "inputs": [{"name": "what", "type": "uint256", "indexed": False}]}]
_FACTORY, _ONE, _TWO, _STRANGER = "AccessManager", "DOMSpaceToken", "VirtualLandNFT", "RewardStreams"


def write_config(folder: Path, database: str, emitters: Emitters, factory: str) -> Path:
    (folder / "factory.json").write_text(json.dumps(_FACTORY_ABI))
    (folder / "child.json").write_text(json.dumps(_CHILD_ABI))
    path = folder / "factory.toml"
    path.write_text(
        f'database_url = "{database}"\nrpc_url = "{emitters.chain.url}"\nschema = "made"\n'
        f'[[contracts]]\nname = "Factory"\naddress = "{emitters.addresses[_FACTORY]}"\nabi = "factory.json"\n'
        f'[[contracts]]\nname = "Child"\nabi = "child.json"\nfactory = {factory}\n'
    )
    return path


_GOOD = '{ contract = "Factory", event = "Created", argument = "child" }'


@pytest.mark.parametrize(
    "factory",
    [
        '{ contract = "Nobody", event = "Created", argument = "child" }',
        '{ contract = "Factory", event = "Nothing", argument = "child" }',
        '{ contract = "Factory", event = "Created", argument = "salt" }',
        '{ contract = "Child", event = "Said", argument = "what" }',
        '{ contract = "Factory" }',
        "3",
    ],
)
def test_a_factory_that_names_no_addresses_is_refused(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, factory: str
) -> None:
    with pytest.raises(SettingInvalid, match=r"contracts\.Child"):
        read_config(write_config(tmp_path, empty_database, emitters, factory), {})


def test_children_are_mirrored_from_their_creation_on_through_history_head_and_reorg(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    config = write_config(tmp_path, empty_database, emitters, _GOOD)
    said = iter(range(1, 1000))

    def say(*names: str) -> None:
        for name in names:
            emitters.emit(name, [([_SAID], next(said).to_bytes(32))])
        chain.mine()

    def create(*names: str) -> None:
        children = [bytes.fromhex(emitters.addresses[name][2:]).rjust(32, b"\0") for name in names]
        emitters.emit(_FACTORY, [([_CREATED, child], (7).to_bytes(32)) for child in children])

    say(_ONE, _STRANGER)  # before its creation: nobody's child yet
    chain.mine(20)
    create(_ONE)
    say(_ONE, _TWO)  # in the block of its creation
    say(_ONE)
    chain.mine(10)
    with running(config, LIGHTDOM_INDEXER_REORG_BLOCKS="4", LIGHTDOM_INDEXER_WINDOW_BLOCKS="5"):
        wait_until(lambda: reached(empty_database, "made", chain))
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE))
        create(_TWO)
        say(_ONE, _TWO, _STRANGER)
        say(_TWO)
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE, _TWO))
        chain.reorg(2)  # the second child was never created
        say(_ONE, _TWO)
        wait_until(lambda: reached(empty_database, "made", chain))
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE))
        create(_TWO)
        say(_TWO)
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE, _TWO))
    with running(config):
        say(_TWO, _ONE)
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE, _TWO))

    assert len(rows(empty_database)) >= 5
    assert ask(empty_database, "SELECT count(*) FROM made.indexer_set_aside") == [(0,)]


def rows(database: str) -> list[tuple[int, int, bytes, int]]:
    found = ask(database, "SELECT block_number, log_index, contract, what FROM made.said ORDER BY 1, 2")
    return [(block, index, bytes(contract), int(what)) for block, index, contract, what in found]


def on_chain(emitters: Emitters, *children: str) -> list[tuple[int, int, bytes, int]]:
    """What the children said from the block of their creation on."""
    addresses = [emitters.addresses[name] for name in children]
    asked = {"fromBlock": "0x0", "toBlock": "latest"}
    created = emitters.chain.call("eth_getLogs", asked | {"address": emitters.addresses[_FACTORY]})
    born = {"0x" + log["topics"][1][-40:]: int(log["blockNumber"], 16) for log in reversed(created)}
    logs = emitters.chain.call("eth_getLogs", asked | {"address": addresses})
    return sorted(
        (
            int(log["blockNumber"], 16),
            int(log["logIndex"], 16),
            bytes.fromhex(log["address"][2:]),
            int(log["data"], 16),
        )
        for log in logs
        if int(log["blockNumber"], 16) >= born[log["address"].lower()]
    )


def test_verify_knows_the_children(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, empty_database, emitters, _GOOD)
    child = bytes.fromhex(emitters.addresses[_ONE][2:]).rjust(32, b"\0")
    emitters.emit(_FACTORY, [([_CREATED, child], bytes(32))])
    emitters.emit(_ONE, [([_SAID], (5).to_bytes(32))])
    chain.mine()
    with running(config):
        wait_until(lambda: reached(empty_database, "made", chain))
        wait_until(lambda: rows(empty_database) == on_chain(emitters, _ONE))

    assert main(["verify", "--config", str(config)], {}) == 0
    assert "2 logs, 0 differences" in capsys.readouterr().out
