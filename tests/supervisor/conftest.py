"""Supervisors as real processes, each with a state folder and ports of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from services.supervisor import RunRecord, SupervisorSettings, read_supervisor_settings
from services.supervisor.home import Home
from services.supervisor.probe import rpc

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("stores.py")


class Supervisor:
    """One run of the three stores."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.settings: SupervisorSettings = read_supervisor_settings(environment)
        self.home = Home(self.settings.home)
        self.process = subprocess.Popen(
            [sys.executable, PROGRAM],
            env=os.environ | environment | {"PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def await_up(self) -> Supervisor:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if line == "up\n":
                return self
        raise AssertionError(f"never up:\n{''.join(self.said)}")

    def ended(self) -> str:
        """Everything it said, once it ended by itself."""
        assert self.process.stdout is not None
        self.said += self.process.stdout.readlines()
        self.process.wait(30)
        return "".join(self.said)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def record(self) -> RunRecord:
        record = RunRecord.read(self.home)
        assert record is not None
        return record

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.record.database_url, autocommit=True)

    def send_ether(self, times: int) -> list[str]:
        """Mines that many blocks with a transfer each; their hashes."""
        url = self.settings.rpc_url
        sender, receiver = rpc(url, "eth_accounts")[:2]
        for _ in range(times):
            rpc(url, "eth_sendTransaction", {"from": sender, "to": receiver, "value": "0x1"})
            rpc(url, "evm_mine")
        return self.block_hashes()

    def block_hashes(self) -> list[str]:
        url = self.settings.rpc_url
        head = int(rpc(url, "eth_blockNumber"), 16)
        return [rpc(url, "eth_getBlockByNumber", hex(number), False)["hash"] for number in range(head + 1)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Settings of a run that meets no other. The folder above is private, as a root's home is."""
    return separate_environment(tmp_path / "home")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervisor]:
    """A run that is up, for tests that leave it so."""
    supervisor = Supervisor(separate_environment(tmp_path_factory.mktemp("standing") / "home"))
    yield supervisor.await_up()
    supervisor.stop()


def separate_environment(home: Path) -> dict[str, str]:
    """Settings with free ports and no outside service."""
    names = ("LIGHTDOM_API_PORT", "LIGHTDOM_RPC_PORT", "LIGHTDOM_DATABASE_PORT", "LIGHTDOM_IPFS_PORT")
    unset = dict.fromkeys(("LIGHTDOM_DATABASE_URL", "LIGHTDOM_RPC_URL", "LIGHTDOM_IPFS_URL"), "")
    ports = dict(zip(names, map(str, free_ports(len(names))), strict=True))
    return {"LIGHTDOM_HOME": str(home)} | unset | ports


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., Supervisor]]:
    """Starts supervisors of the test's folder, with further settings if given; stops those still running at the end."""
    with ExitStack() as stack:

        def begin(**settings: str) -> Supervisor:
            supervisor = Supervisor(environment | settings)
            stack.callback(supervisor.stop)
            return supervisor

        yield begin


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def processes_naming(text: str) -> list[str]:
    """Command lines of all living processes in which this text occurs, besides our own."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            folder = str((process / "cwd").readlink())
        except OSError:
            continue
        if text in words + folder and int(process.name) != os.getpid():
            found.append(f"{process.name} {words}")
    return found


def await_none_naming(text: str, seconds: float) -> list[str]:
    """What still runs after so many seconds, sooner if nothing does."""
    deadline = time.monotonic() + seconds
    while (left := processes_naming(text)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left
