"""`python -m scripts.bootstrap up|test`: installs what is missing or changed; does nothing, fast, when nothing is."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from scripts.bootstrap.browser import find_browser, what_is_missing
from scripts.bootstrap.failure import BootstrapFailed
from scripts.bootstrap.schedule import Schedule
from scripts.bootstrap.steps import caches, steps_for
from scripts.bootstrap.tools import check_tools

PROJECT = Path(__file__).resolve().parents[2]


def main(purpose: str) -> int:
    """Exit code 1 and a message that names the fix when it cannot go on."""
    began = time.monotonic()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = PROJECT / "build/bootstrap"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # A second make in the same folder waits, then finds everything done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        schedule = Schedule(steps_for(PROJECT, purpose), PROJECT, dict(os.environ) | caches(PROJECT))
        needed = schedule.needed()
        if needed:
            try:
                check_tools(PROJECT)
                print(f"Installing ({len(needed)} steps; the first time takes some minutes)", flush=True)
                schedule.run(needed)
            except BootstrapFailed as failure:
                print(f"error: {failure}\n  {failure.next_step}", file=sys.stderr)
                return 1
            except KeyboardInterrupt:
                return 130
            print(f"Installed after {time.monotonic() - began:.1f} s", flush=True)
    if find_browser() is None:
        print(what_is_missing(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "up"))
