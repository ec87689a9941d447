"""How fast the indexer mirrors a chain's history: wall time, CPU and memory of a real run.

    python bench/indexer.py [--events 50000] [--per-block 250] [--json]

Starts anvil and Postgres of its own, says the events (half DSH transfers, a quarter attestations, a quarter reveals),
then times `python -m indexer run` from its first moment until the last row is committed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
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

from indexer.database import engine  # noqa: E402
from indexer.migrations import upgrade  # noqa: E402

_BURSTS = {
    "DOMSpaceToken": keccak(text="burstTransfers(uint256,uint256)")[:4],
    "ProofOfOptimization": keccak(text="burstClaims(uint256,uint256)")[:4],
}
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--per-block", type=int, default=250)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, Anvil() as chain, Postgres() as postgres:
        events = say(chain, Path(home), options.events, options.per_block)
        postgres.execute("CREATE DATABASE bench")
        upgrade(engine(postgres.url("bench")))
        figures = measure(postgres.url("bench"), chain, Path(home), events)
    sys.stdout.write(json.dumps(figures) + "\n" if options.json else shown(figures))


def say(chain: Anvil, home: Path, events: int, per_block: int) -> int:
    """Puts the events on the chain, with a manifest that names one Emitter as the token and one as the proof."""
    deployed = {name: chain.send(None, compiled()[1]) for name in _BURSTS}
    chain.mine()
    contracts = {
        name: {"address": chain.call("eth_getTransactionReceipt", tx)["contractAddress"], "block": chain.head}
        for name, tx in deployed.items()
    }
    said = 0
    while said < events:
        for name, selector in _BURSTS.items():
            call = selector + encode(["uint256", "uint256"], [per_block // 2, said])
            chain.send(contracts[name]["address"], "0x" + call.hex())
            said += per_block // 2
        chain.mine()
    manifest = {"chainId": 31337, "genesisHash": "0x" + chain.block_hash(0).hex(), "contracts": contracts}
    path = home / "deployments" / "31337.json"
    path.parent.mkdir()
    path.write_text(json.dumps(manifest))
    return said


def measure(database: str, chain: Anvil, home: Path, events: int) -> dict[str, Any]:
    environment = os.environ | {
        "LIGHTDOM_DATABASE_URL": database,
        "LIGHTDOM_RPC_URL": chain.url,
        "LIGHTDOM_HOME": str(home),
    }
    started = time.monotonic()
    indexer = subprocess.Popen(
        [sys.executable, "-m", "indexer", "run"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    first_commit = None
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("LISTEN lightdom_blocks")
        for notice in connection.notifies(timeout=600):
            first_commit = first_commit or time.monotonic()
            if json.loads(notice.payload).get("number") == chain.head:
                break
        wall = time.monotonic() - started
        cpu, peak = _cpu_seconds(indexer.pid), _peak_megabytes(indexer.pid)
        indexer.terminate()
        indexer.wait(10)
        tables = ("dsh_transfer", "claim_attested", "claim_revealed", "set_aside_log")
        rows = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # type: ignore[index,arg-type]
    assert sum(rows.values()) == events, rows
    return {
        "events": events,
        "blocks": chain.head,
        "wall_seconds": round(wall, 2),
        "events_per_second": round(events / wall),
        "seconds_to_first_commit": round((first_commit or started) - started, 2),
        "indexer_cpu_seconds": round(cpu, 2),
        "events_per_cpu_second": round(events / cpu),
        "peak_memory_megabytes": peak,
        "load_average": round(os.getloadavg()[0], 1),
        "rows": rows,
    }


def shown(figures: dict[str, Any]) -> str:
    return "".join(f"{name.replace('_', ' '):<26}{value}\n" for name, value in figures.items())


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_megabytes(pid: int) -> int:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
