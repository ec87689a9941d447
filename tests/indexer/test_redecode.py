"""What nodes answered is kept where a configuration asks for it, and makes the tables anew with no node at all."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from indexer import abi
from indexer.command import main
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.process import wait_until
from tests.indexer.test_chains import ask, reached, running, transfers, transfers_on_chain, write_config

_BURST = keccak(text="burstTransfers(uint256,uint256)")[:4]
_EVERY = "SELECT * FROM near.transfer ORDER BY block_number, log_index"


def test_answers_that_were_not_kept_from_the_first_block_on_are_refused(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "one.toml", empty_database, "", near=emitters)
    transfer_blocks(chain, emitters, 5)
    _mirror(config, empty_database, chain)
    before = ask(empty_database, _EVERY)

    assert main(["redecode", "--config", str(config)], {}) == 2
    assert "keep_answers" in capsys.readouterr().err
    assert ask(empty_database, _EVERY) == before


def test_a_mended_abi_makes_the_tables_anew_without_a_node(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "one.toml", empty_database, "keep_answers = true\n", near=emitters)
    settings = {"LIGHTDOM_INDEXER_REORG_BLOCKS": "4", "LIGHTDOM_INDEXER_WINDOW_BLOCKS": "3"}
    transfer_blocks(chain, emitters, 14)
    _mirror(config, empty_database, chain, **settings)
    # A reorg cuts an answer in two: what lies below the cut has to stay.
    chain.reorg(6)
    transfer_blocks(chain, emitters, 5)
    _mirror(config, empty_database, chain, **settings)
    before = ask(empty_database, _EVERY)
    assert len(before) == 3 * (14 - 6 + 5)
    assert transfers(empty_database, "near") == transfers_on_chain(emitters)
    wrong = deepcopy(abi.load("DOMSpaceToken"))
    for entry in wrong:
        if entry.get("name") == "Transfer" and entry["type"] == "event":
            entry["inputs"][2]["name"] = "amount"
    chain.stop()

    assert main(["redecode", "--config", str(config)], {}) == 0
    assert "logs decoded again" in capsys.readouterr().out
    assert ask(empty_database, _EVERY) == before

    (tmp_path / "abi.json").write_text(json.dumps(wrong))
    assert main(["redecode", "--config", str(config)], {}) == 0
    assert ask(empty_database, "SELECT amount FROM near.transfer ORDER BY block_number, log_index") == [
        (row[-1],) for row in before
    ]
    kept = ask(empty_database, "SELECT sum(length(body)) FROM near.indexer_answers")
    assert kept[0][0] > 0


def transfer_blocks(chain: Anvil, emitters: Emitters, blocks: int) -> None:
    """Blocks with three transfers each."""
    for _ in range(blocks):
        call = _BURST + encode(["uint256", "uint256"], [3, chain.head])
        chain.send(emitters.addresses["DOMSpaceToken"], "0x" + call.hex())
        chain.mine()


def _mirror(config: Path, database: str, chain: Anvil, **settings: str) -> None:
    with running(config, **settings):
        wait_until(lambda: reached(database, "near", chain))
