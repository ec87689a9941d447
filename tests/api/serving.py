"""The API as its own process on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with no settings of LightDom but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIGHTDOM_")}
    return kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}"} | settings


@dataclass(frozen=True, slots=True)
class Served:
    """A process that answers on a port."""

    process: subprocess.Popen[bytes]
    port: int
    stderr: IO[bytes]

    def log(self) -> str:
        """What the process has logged so far."""
        self.stderr.seek(0)
        return self.stderr.read().decode()


@contextmanager
def serving(database_url: str, **settings: str) -> Iterator[Served]:
    """The API over a database, as its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    given = environment(LIGHTDOM_DATABASE_URL=database_url, LIGHTDOM_API_PORT=str(port), **settings)
    # A file, not a pipe: a pipe that nobody reads fills up, and then every answer waits for it.
    with tempfile.TemporaryFile() as stderr:
        served = Served(subprocess.Popen([sys.executable, "-m", "api"], env=given, stderr=stderr), port, stderr)
        try:
            _wait(served)
            yield served
        finally:
            served.process.kill()
            served.process.wait()


def _wait(served: Served) -> None:
    deadline = time.monotonic() + 180
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{served.port}/health", trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            assert served.process.poll() is None, served.log()
            assert time.monotonic() < deadline
            time.sleep(0.1)
