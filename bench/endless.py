"""Whether the indexer keeps its pace and its memory, however long the history: 1 and 10 million events, one run.

    python bench/endless.py [--events 1000000 10000000] [--json]

Default: 200 000 and 1 000 000 events, which takes a minute. The chain is made up as it is asked for, by a node of
its own (bench/endless_chain), so the node's time is not in the figures: they are CPU seconds of the indexer and of
PostgreSQL for each million events.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "indexer"), str(ROOT / "bench" / "endless_chain")]

from node import ADDRESS  # noqa: E402
from postgres import Postgres  # noqa: E402

_LOGS = 200
_TICKS = os.sysconf("SC_CLK_TCK")
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
    options = parser.parse_args()
    figures = []
    with Postgres() as postgres, tempfile.TemporaryDirectory() as home:
        for events in options.events:
            postgres.execute(f"CREATE DATABASE events_{events}")
            with node(events // _LOGS) as port:
                figures.append(measure(postgres.url(f"events_{events}"), port, Path(home), events))
    sys.stdout.write(json.dumps(figures) + "\n" if options.json else "\n".join(map(shown, figures)))


@contextmanager
def node(blocks: int) -> Iterator[int]:
    command = [sys.executable, str(ROOT / "bench/endless_chain/node.py"), str(blocks), str(_LOGS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def measure(database: str, port: int, home: Path, events: int) -> dict[str, Any]:
    (home / "abi.json").write_text(json.dumps(_TRANSFER))
    config = home / "config.toml"
    config.write_text(
        f'database_url = "{database}"\nrpc_url = "http://127.0.0.1:{port}"\n'
        f'[[contracts]]\nname = "Token"\naddress = "{ADDRESS}"\nabi = "abi.json"\n'
    )
    command = [sys.executable, "-m", "indexer", "run", "--config", str(config)]
    with psycopg.connect(database, autocommit=True) as connection:
        server_before = _server_cpu(connection)
        connection.execute("LISTEN lightdom_blocks")
        started = time.monotonic()
        indexer = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        for notice in connection.notifies(timeout=3600):
            if json.loads(notice.payload).get("number") == events // _LOGS:
                break
        wall = time.monotonic() - started
        cpu, peak = _cpu([indexer.pid]), _peak_megabytes(indexer.pid)
        server = _server_cpu(connection) - server_before
        indexer.terminate()
        indexer.wait(10)
        rows = connection.execute("SELECT count(*) FROM transfer").fetchone()
    assert rows == (events,), rows
    return {
        "events": events,
        "wall_seconds": round(wall, 2),
        "indexer_cpu_seconds_per_million": round(cpu * 1e6 / events, 3),
        "postgres_cpu_seconds_per_million": round(server * 1e6 / events, 3),
        "peak_memory_megabytes": peak,
        "load_average": round(os.getloadavg()[0], 1),
    }


def shown(figures: dict[str, Any]) -> str:
    return "".join(f"{name.replace('_', ' '):<34}{value}\n" for name, value in figures.items())


def _server_cpu(connection: "psycopg.Connection[Any]") -> float:
    """CPU seconds of the whole server, ended sessions included."""
    found = connection.execute("SHOW data_directory").fetchone()
    assert found is not None
    server = int((Path(found[0]) / "postmaster.pid").read_text().splitlines()[0])
    children = [int(p) for t in Path(f"/proc/{server}/task").iterdir() for p in (t / "children").read_text().split()]
    return _cpu([server, *children], ended=True)


def _cpu(processes: list[int], ended: bool = False) -> float:
    ticks = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        ticks += sum(int(field) for field in fields[11 : 15 if ended else 13])
    return ticks / _TICKS


def _peak_megabytes(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    main()
