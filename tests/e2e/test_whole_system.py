"""The whole system as a newcomer starts it: the demo goes through every layer, also when a reorg strikes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from indexer.database import engine
from indexer.migrations.migrate import upgrade
from services.supervisor.home import Home, RunRecord
from services.supervisor.probe import rpc
from tests.indexer.mirroring import Contents, catch_up, contents

ROOT = Path(__file__).parents[2]
STARTED_SECONDS = 240
DEMO_SECONDS = 300
REORG_DEPTH = 5

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@dataclass
class System:
    """One `lightdom up` with a state folder and ports of its own."""

    environment: dict[str, str]
    output: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, words: str, seconds: float, times: int = 1) -> None:
        deadline = time.monotonic() + seconds
        while self.said().count(words) < times:
            assert self.process.poll() is None, f"it ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"never said {words!r}:\n{self.said()}"
            time.sleep(0.1)

    @property
    def record(self) -> RunRecord:
        record = RunRecord.read(Home(Path(self.environment["LIGHTDOM_HOME"])))
        assert record is not None
        return record


def _lightdom(environment: dict[str, str], *words: str) -> list[str]:
    return [sys.executable, "-m", "cli.main", *words]


def _free_ports(count: int) -> list[str]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A fresh system whose chain loses its last five blocks while the demo is claiming."""
    home = tmp_path_factory.mktemp("system")
    home.chmod(0o755)
    names = ("LIGHTDOM_API_PORT", "LIGHTDOM_RPC_PORT", "LIGHTDOM_DATABASE_PORT", "LIGHTDOM_IPFS_PORT")
    environment = {"LIGHTDOM_HOME": str(home / "home"), **dict(zip(names, _free_ports(4), strict=True))}
    output = home / "output.txt"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            _lightdom(environment, "up"), cwd=ROOT, env=os.environ | environment, stdout=sink, stderr=sink
        )
    running = System(environment, output, process)
    try:
        running.wait_for("LightDom is up", STARTED_SECONDS)
        running.wait_for("claimed ", DEMO_SECONDS, times=2)
        rpc(running.record.rpc_url, "anvil_reorg", REORG_DEPTH, [])
        running.wait_for("figures read back", DEMO_SECONDS)
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(120)


def _fresh_mirror(system: System) -> Contents:
    """What an indexer that never saw the reorg writes into an empty database."""
    url = system.record.database_url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS fresh")
        connection.execute("CREATE DATABASE fresh")
    fresh = url.rsplit("/", 1)[0] + "/fresh"
    upgrade(engine(fresh))
    from indexer.settings import read_settings

    catch_up(
        read_settings({**system.environment, "LIGHTDOM_DATABASE_URL": fresh, "LIGHTDOM_RPC_URL": system.record.rpc_url})
    )
    return contents(fresh)


def test_a_reorg_in_the_middle_leaves_the_mirror_like_a_fresh_one(system: System) -> None:
    fresh = _fresh_mirror(system)

    mirrored = contents(system.record.database_url)

    assert mirrored == fresh
    assert mirrored["claim_finalized"], sorted(mirrored)


def test_the_demo_ends_with_three_pages_paid_and_the_lie_slashed(system: System) -> None:
    rows = contents(system.record.database_url)

    assert len(rows["claim_finalized"]) == 3
    assert len(rows["claim_slashed"]) == 1
    assert len(rows["reward_paid"]) == 3
    assert rows["land_minted"]


def test_the_demo_can_be_repeated_and_claims_nothing_twice(system: System) -> None:
    before = rpc(system.record.rpc_url, "eth_blockNumber")

    again = subprocess.run(
        _lightdom(system.environment, "up", "--once"),
        cwd=ROOT,
        env=os.environ | system.environment,
        capture_output=True,
        text=True,
        timeout=DEMO_SECONDS,
    )

    assert again.returncode == 0, again.stdout + again.stderr
    assert "claimed" not in again.stdout
    assert rpc(system.record.rpc_url, "eth_blockNumber") == before


def test_status_answers_for_the_system_and_for_a_claim(system: System) -> None:
    claim_id = "0x" + contents(system.record.database_url)["claim_finalized"][0][5].hex()

    for words in (["status"], ["status", claim_id]):
        answer = subprocess.run(
            _lightdom(system.environment, *words),
            cwd=ROOT,
            env=os.environ | system.environment,
            capture_output=True,
            text=True,
        )

        assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_claim_by_the_command_line_is_on_chain(system: System, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html><title>t</title>" + b"<p>words\n\n              and more</p>\n          " * 200)

    answer = subprocess.run(
        _lightdom(system.environment, "claim", str(page), "--url", "https://claims.example/", "--json"),
        cwd=ROOT,
        env=os.environ | system.environment,
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert '"status": "pending"' in answer.stdout


@pytest.mark.parametrize(
    ("changes", "words", "exit_code", "said"),
    [
        ({"LIGHTDOM_RPC_URL": "http://127.0.0.1:9"}, ["status", "0x" + "00" * 32], 11, "CHAIN_UNREACHABLE"),
        ({}, ["status", "0x" + "00" * 32], 18, "CLAIM_UNKNOWN"),
        (
            {"LIGHTDOM_IPFS_URL": "http://127.0.0.1:9"},
            ["claim", "PAGE", "--url", "https://a.example/"],
            14,
            "BLOB_STORE_UNREACHABLE",
        ),
        ({}, ["claim", "PAGE", "--url", "nowhere"], 10, "PAGE_URL_INVALID"),
        ({}, ["claim", "PAGE", "--url", "https://a.example/", "--keystore", "PAGE"], 13, "KEY_REFUSED"),
        ({}, ["claim", "PAGE", "--url", "https://a.example/", "--keystore", "absent.json"], 13, "KEY_REFUSED"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(
    system: System, tmp_path: Path, changes: dict[str, str], words: list[str], exit_code: int, said: str
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html><title>t</title><p>a</p>" + b"\n        <p>b</p>" * 200)

    answer = subprocess.run(
        _lightdom(system.environment, *(str(page) if word == "PAGE" else word for word in words)),
        cwd=ROOT,
        env=os.environ | system.environment | changes,
        capture_output=True,
        text=True,
    )

    assert (answer.returncode, said in answer.stderr) == (exit_code, True), answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
