"""The indexer as the program that users run, for tests that kill it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from indexer.command import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Process:
    """One `python -m indexer run`, started and killed at will; its log is kept in `log`."""

    def __init__(self, database: str, rpc_url: str, home: Path, **more: str) -> None:
        self.environment = os.environ | {
            "LIGHTDOM_DATABASE_URL": database,
            "LIGHTDOM_RPC_URL": rpc_url,
            "LIGHTDOM_HOME": str(home),
            "LIGHTDOM_INDEXER_POLL_MILLISECONDS": "20",
            "LIGHTDOM_INDEXER_PATIENCE_MILLISECONDS": "0",
            "PYTHONPATH": str(ROOT),
            **more,
        }
        self.log = home / "indexer.log"
        self._running: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._said_before = log.tell()
            self._running = subprocess.Popen(
                [sys.executable, "-m", "indexer", "run"], env=self.environment, stdout=log, stderr=log, cwd=ROOT
            )

    def stop(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Sends the signal and waits; gives the exit code."""
        assert self._running is not None
        self._running.send_signal(how)
        return self._running.wait(30)

    def wait(self, seconds: float = 30) -> int:
        """Waits for it to end by itself; gives the exit code."""
        assert self._running is not None
        return self._running.wait(seconds)

    def run(self, *arguments: str) -> Done:
        """One other command, to its end; in this process, for a start takes a second of CPU."""
        with redirect_stdout(StringIO()) as output, redirect_stderr(StringIO()) as errors:
            code = main(arguments, self.environment)
        return Done(code, output.getvalue(), errors.getvalue())

    @property
    def is_working(self) -> bool:
        """Whether it has come as far as to mirror since it was started last."""
        with self.log.open("rb") as log:
            log.seek(self._said_before)
            return b'"contracts taken up"' in log.read()

    @property
    def words(self) -> str:
        return self.log.read_text()


def wait_until(fact: Callable[[], bool], seconds: float = 60) -> None:
    """Returns once the fact holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)
