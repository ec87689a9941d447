"""How soon a block at the head is rows that a reader can see: 5 000 events a block, by subscription and by polling.

    python bench/tip.py [--blocks 20] [--events 5000] [--json]

Starts a chain and a database of its own. A block's time runs from the moment when the node has it, that is from the
end of the call that mined it, to the commit's notification at a listener. Beside it, in the same run, what nobody can
be faster than: the node's own answer to eth_getLogs for such a block, once it is mirrored.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[1]
# The tests' chain and database; `tests` itself is a name that other packages on the path may hold.
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "indexer")]

from anvil import Anvil  # noqa: E402
from emitter import compiled  # noqa: E402
from eth_abi.abi import encode  # noqa: E402
from eth_utils.crypto import keccak  # noqa: E402
from postgres import Postgres  # noqa: E402

_BURST = keccak(text="burstTransfers(uint256,uint256)")[:4]
_TRANSFER = [
    {
        "type": "event",
        "name": "Transfer",
        "inputs": [
            {"name": "from", "type": "address", "indexed": True},
            {"name": "to", "type": "address", "indexed": True},
            {"name": "value", "type": "uint256", "indexed": False},
        ],
    }
]
_GAS = 1_000_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=20)
    parser.add_argument("--events", type=int, default=5000, help="in each block")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
    options = parser.parse_args()
    found = {}
    with Postgres("shared_buffers=1GB", "max_wal_size=4GB") as postgres:  # fsync on, as it is in earnest
        for way, url in (("subscribed", "auto"), ("polling", "none")):
            postgres.execute(f"CREATE DATABASE {way}")
            with Anvil() as chain, tempfile.TemporaryDirectory() as home:
                found[way] = measure(postgres.url(way), chain, Path(home), url, options.blocks, options.events)
    sys.stdout.write(json.dumps(found) + "\n" if options.json else shown(found, options.events))


def measure(database: str, chain: Anvil, home: Path, url: str, blocks: int, events: int) -> dict[str, Any]:
    deployed = chain.send(None, compiled()[1])
    chain.mine(2)
    address = chain.call("eth_getTransactionReceipt", deployed)["contractAddress"]
    (home / "abi.json").write_text(json.dumps(_TRANSFER))
    config = home / "config.toml"
    config.write_text(
        f'database_url = "{database}"\nrpc_url = "{chain.url}"\n'
        f'[[contracts]]\nname = "Token"\naddress = "{address}"\nabi = "abi.json"\n'
    )
    environment = os.environ | {"LIGHTDOM_WS_URL": url}
    words = home / "words"
    with psycopg.connect(database, autocommit=True) as listener, words.open("wb") as log:
        listener.execute("LISTEN lightdom_blocks")
        indexer = subprocess.Popen(
            [sys.executable, "-m", "indexer", "run", "--config", str(config)], cwd=ROOT, stderr=log, env=environment
        )
        try:
            _wait_for(listener, chain.head)
            while url == "auto" and "subscribed to new blocks" not in words.read_text():
                time.sleep(0.05)
            lags, answers = [], []
            for number in range(blocks):
                call = _BURST + encode(["uint256", "uint256"], [events, number * events])
                chain.send(address, "0x" + call.hex(), gas=_GAS)
                chain.mine()
                started = time.monotonic()
                _wait_for(listener, chain.head)
                lags.append(time.monotonic() - started)
                started = time.monotonic()
                head = hex(chain.head)
                assert (
                    len(chain.call("eth_getLogs", {"address": address, "fromBlock": head, "toBlock": head})) == events
                )
                answers.append(time.monotonic() - started)
                time.sleep(0.3)  # the loop is to wait for the next block, not to be caught at work
            rows = listener.execute("SELECT count(*) FROM transfer").fetchone()
            assert rows == (blocks * events,), rows
        finally:
            indexer.terminate()
            indexer.wait(10)
    return {
        "blocks": blocks,
        "milliseconds_median": _milliseconds(statistics.median(lags)),
        "milliseconds_least": _milliseconds(min(lags)),
        "milliseconds_most": _milliseconds(max(lags)),
        "answer_milliseconds_median": _milliseconds(statistics.median(answers)),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _wait_for(listener: "psycopg.Connection[Any]", number: int) -> None:
    with closing(listener.notifies(timeout=120)) as notices:
        for notice in notices:
            if json.loads(notice.payload).get("number") == number:
                return
    raise TimeoutError(f"block {number} was not mirrored within two minutes")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def shown(found: dict[str, dict[str, Any]], events: int) -> str:
    lines = [f"{events} events a block, milliseconds from the block to its committed rows"]
    for way, figures in found.items():
        lines += [f"\n{way}", *(f"{name.replace('_', ' '):<30}{value}" for name, value in figures.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
