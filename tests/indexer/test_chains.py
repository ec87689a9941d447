"""Several chains from one file, each in its schema with its own writer; event tables in parts by block range."""

import json
import os
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indexer import abi
from indexer.command import main
from tests.indexer.anvil import Anvil, _free_port
from tests.indexer.emissions import Emitters, deploy
from tests.indexer.process import ROOT, wait_until
from tests.indexer.test_reorg import emit_blocks

_TOKEN = "DOMSpaceToken"


def write_config(path: Path, database: str, head: str, **chains: Emitters) -> Path:
    """A file with the token of each chain."""
    (path.parent / "abi.json").write_text(json.dumps(abi.load(_TOKEN)))
    parts = [f'database_url = "{database}"\n{head}']
    for name, emitters in chains.items():
        parts.append(f'[[chains]]\nname = "{name}"\nrpc_url = "{emitters.chain.url}"\n')
        address = emitters.addresses[_TOKEN]
        parts.append(f'[[chains.contracts]]\nname = "Token"\naddress = "{address}"\nabi = "abi.json"\n')
    path.write_text("".join(parts))
    return path


@contextmanager
def running(config: Path, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program as users run it."""
    environment = os.environ | {"LIGHTDOM_INDEXER_PATIENCE_MILLISECONDS": "0", "PYTHONPATH": str(ROOT)} | more
    command = [sys.executable, "-m", "indexer", "run", "--config", str(config)]
    with config.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stderr=log, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def ask(database: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]  # written here


def reached(database: str, schema: str, chain: Anvil) -> bool:
    """Whether the mirror in this schema stands at the chain's head."""
    try:
        found = ask(database, f"SELECT number, hash FROM {schema}.indexer_checkpoint")
    except (psycopg.errors.UndefinedTable, psycopg.OperationalError):
        return False
    return found == [(chain.head, chain.block_hash(chain.head))]


def transfers(database: str, schema: str) -> list[tuple[Any, ...]]:
    return ask(database, f"SELECT block_number, log_index, tx_hash FROM {schema}.transfer ORDER BY 1, 2")


def transfers_on_chain(emitters: Emitters) -> list[tuple[Any, ...]]:
    topic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    asked = {"address": emitters.addresses[_TOKEN], "topics": [topic], "fromBlock": "0x0", "toBlock": "latest"}
    found = emitters.chain.call("eth_getLogs", asked)
    return sorted(
        (int(log["blockNumber"], 16), int(log["logIndex"], 16), bytes.fromhex(log["transactionHash"][2:]))
        for log in found
    )


def test_two_chains_are_mirrored_by_one_program_that_outlives_the_loss_of_one(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    port = str(_free_port())
    with Anvil("--timestamp", "1600000000") as second:
        others = deploy(second)
        emit_blocks(random.Random(1), chain, emitters, 8)
        emit_blocks(random.Random(2), second, others, 5)
        config = write_config(tmp_path / "two.toml", empty_database, "", near=emitters, far=others)
        with running(config, LIGHTDOM_INDEXER_METRICS_PORT=port):
            wait_until(lambda: reached(empty_database, "near", chain) and reached(empty_database, "far", second))
            assert transfers(empty_database, "near") == transfers_on_chain(emitters)
            assert transfers(empty_database, "far") == transfers_on_chain(others)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                figures = answer.read().decode()
            assert f'indexer_block{{chain="near"}} {chain.head}\n' in figures
            assert f'indexer_block{{chain="far"}} {second.head}\n' in figures
            assert 'method="eth_getLogs",status="200",chain="far"' in figures

            second.stop()
            emit_blocks(random.Random(3), chain, emitters, 3)
            wait_until(lambda: reached(empty_database, "near", chain))

    assert transfers(empty_database, "near") == transfers_on_chain(emitters)
    assert '"chain": "far"' in config.with_suffix(".log").read_text()


def test_a_verb_of_one_chain_asks_which_where_there_are_two(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "two.toml", empty_database, "", near=emitters, far=emitters)

    assert main(["verify", "--config", str(config)], {}) == 2
    assert "--chain: must be one of near, far" in capsys.readouterr().err


def test_tables_are_in_parts_that_a_reorg_and_verify_see_as_one(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "one.toml", empty_database, "partition_blocks = 4\n", near=emitters)
    emit_blocks(random.Random(4), chain, emitters, 15, ["DOMSpaceToken"])
    with running(config):
        wait_until(lambda: reached(empty_database, "near", chain))
        chain.reorg(6)
        emit_blocks(random.Random(5), chain, emitters, 9, ["DOMSpaceToken"])
        wait_until(lambda: reached(empty_database, "near", chain))

    assert transfers(empty_database, "near") == transfers_on_chain(emitters)
    parts = ask(
        empty_database,
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " WHERE i.inhparent = 'near.transfer'::regclass ORDER BY 1",
    )
    assert len(parts) >= chain.head // 4 - 1
    for (part,) in parts:
        number = int(part.rpartition("_p")[2])
        wrong = f"SELECT count(*) FROM near.{part} WHERE block_number / 4 <> {number}"
        assert ask(empty_database, wrong) == [(0,)]
    assert main(["verify", "--config", str(config)], {}) == 0
    assert "0 differences" in capsys.readouterr().out

    config.write_text(config.read_text().replace("partition_blocks = 4", "partition_blocks = 5"))
    assert main(["run", "--config", str(config)], {}) == 2
    assert "name a new schema" in capsys.readouterr().err
