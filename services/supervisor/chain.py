"""The development chain: anvil, with all its blocks, logs and state on disk.

anvil itself writes its state in place, changed or not, so a kill in the middle leaves half a file. Here it is asked for
its state whenever it has new blocks, and the answer replaces the last one in one step. On SIGTERM (which the kernel
sends it when the supervisor dies) it writes a second file, adopted if it is whole.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import signal
import sys
import time
from pathlib import Path

from services.supervisor.errors import StateCorrupt, ToolMissing
from services.supervisor.home import write_whole
from services.supervisor.probe import NoAnswer, rpc
from services.supervisor.process import Child, Command
from services.supervisor.settings import PROJECT

CHAIN_ID = 31337

# Of every second, at most a twentieth goes into writing the state of a long chain.
_REST_FOR_WORK = 20
_NPM_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_STATES_ON_DISK = "64"  # for reorgs and calls at past blocks; each is about half a megabyte


class Chain:
    """One anvil with its state under `folder`."""

    name = "chain"
    ready_seconds = 60.0
    stop_seconds = 30.0

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.state = folder / "state.json"
        self._written_at_exit = folder / "exit.json"
        self._history = folder / "history"
        self._saved_hash: str | None = None
        self._next_save = 0.0

    def prepare(self) -> Command:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._adopt()
        # anvil never removes the past states that it kept here, and never reads them again after a restart.
        shutil.rmtree(self._history, ignore_errors=True)
        argv = [str(anvil_binary()), "--host", "127.0.0.1", "--port", str(self.port), "--chain-id", str(CHAIN_ID)]
        # Quiet: it would log every question, and the indexer asks five a second. Refusals to start are still shown.
        argv += ["--quiet", "--dump-state", str(self._written_at_exit)]
        argv += ["--cache-path", str(self._history), "--max-persisted-states", _STATES_ON_DISK]
        if self.state.exists():
            argv += ["--load-state", str(self.state)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANVIL_", "FOUNDRY_"))}
        return Command(
            self.name,
            tuple(argv),
            self.folder,
            environment | {"HOME": str(self.folder)},
            death_signal=signal.SIGTERM,
        )

    def check(self) -> None:
        found = int(rpc(self.url, "eth_chainId"), 16)
        if found != CHAIN_ID:
            raise NoAnswer(f"chain {found} answers at {self.url}, not {CHAIN_ID}")

    def tick(self) -> None:
        """Saves the chain if it moved since the last time."""
        if time.monotonic() < self._next_save:
            return
        started = time.monotonic()
        try:
            head = rpc(self.url, "eth_getBlockByNumber", "latest", False)["hash"]
            if head != self._saved_hash:
                self._save()
                self._saved_hash = head
        except NoAnswer:
            pass  # it is busy or dying; the supervisor sees to the latter
        self._next_save = time.monotonic() + _REST_FOR_WORK * (time.monotonic() - started)

    def ended(self, child: Child) -> None:
        self._adopt()
        self._saved_hash = None

    def _save(self) -> None:
        dumped = rpc(self.url, "anvil_dumpState", seconds=60.0)
        write_whole(self.state, gzip.decompress(bytes.fromhex(dumped[2:])))

    def _adopt(self) -> None:
        """Makes the file written at exit the state to start from, being the later one, unless it was cut short."""
        if _is_whole(self._written_at_exit):
            self._written_at_exit.replace(self.state)
        elif self.state.exists() and not _is_whole(self.state):
            raise StateCorrupt(
                "the chain's state cannot be read",
                self.state,
                "Restore it, or start a new chain: stop everything and run `make clean`.",
            )
        self._written_at_exit.unlink(missing_ok=True)


def anvil_binary() -> Path:
    """The program itself: npm's wrapper for it would outlive a kill -9 of its parent."""
    machine = _NPM_MACHINES.get(platform.machine().lower(), "unknown")
    binary = PROJECT / f"node_modules/@foundry-rs/anvil-{sys.platform}-{machine}/bin/anvil"
    if binary.exists():
        return binary
    installed = shutil.which("anvil")
    if installed is None:
        raise ToolMissing("anvil", "Run `make setup`, or set LIGHTDOM_RPC_URL to a chain of your own.")
    return Path(installed)


def _is_whole(state: Path) -> bool:
    try:
        return "best_block_number" in json.loads(state.read_bytes())
    except (OSError, ValueError, TypeError):
        return False
