"""However long the history, the program's memory stays under its bound."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.indexer.process import ROOT, wait_until
from tests.indexer.test_chains import ask, running

_MOST_MEGABYTES = 120
_LOGS = 200  # a block
_TRANSFER = {
    "type": "event",
    "name": "Transfer",
    "inputs": [
        {"name": "from", "type": "address", "indexed": True},
        {"name": "to", "type": "address", "indexed": True},
        {"name": "value", "type": "uint256", "indexed": False},
    ],
}


@pytest.mark.parametrize("events", [200_000, pytest.param(4_000_000, marks=pytest.mark.deep)])
def test_a_long_history_is_read_in_bounded_memory(empty_database: str, tmp_path: Path, events: int) -> None:
    (tmp_path / "abi.json").write_text(json.dumps([_TRANSFER]))
    config = tmp_path / "endless.toml"
    with _endless_chain(events // _LOGS) as port:
        config.write_text(
            f'database_url = "{empty_database}"\nrpc_url = "http://127.0.0.1:{port}"\nschema = "endless"\n'
            f'[[contracts]]\nname = "Token"\naddress = "0x{"5f" * 20}"\nabi = "abi.json"\n'
        )
        with running(config) as process:
            wait_until(lambda: _block(empty_database) == events // _LOGS, seconds=600)
            peak = next(
                int(line.split()[1]) // 1024
                for line in Path(f"/proc/{process.pid}/status").read_text().splitlines()
                if line.startswith("VmHWM")
            )

    assert ask(empty_database, "SELECT count(*) FROM endless.transfer") == [(events,)]
    assert peak < _MOST_MEGABYTES


@contextmanager
def _endless_chain(blocks: int) -> Iterator[int]:
    """The port of a node that makes its chain up as it is asked for it."""
    command = [sys.executable, str(ROOT / "bench/endless_chain/node.py"), str(blocks), str(_LOGS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdout is not None
        try:
            yield int(node.stdout.readline())
        finally:
            node.terminate()


def _block(database: str) -> int:
    found = ask(database, "SELECT to_regclass('endless.indexer_checkpoint') IS NOT NULL")
    rows = ask(database, "SELECT number FROM endless.indexer_checkpoint") if found == [(True,)] else []
    return int(rows[0][0]) if rows else -1
