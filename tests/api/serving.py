"""The API as its own process on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with no settings of LightDom but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIGHTDOM_")}
    return kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}"} | settings


@contextmanager
def serving(database_url: str, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A process that answers, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    given = environment(LIGHTDOM_DATABASE_URL=database_url, LIGHTDOM_API_PORT=str(port), **settings)
    process = subprocess.Popen([sys.executable, "-m", "api"], env=given, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 180
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.communicate()
