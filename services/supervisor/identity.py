"""Which process is meant by a pid: a number alone may by now belong to a stranger.

The invariant: nothing here or built on it signals a process whose boot, start time and pid are not those recorded.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A pid with what tells it from a later process of the same number."""

    pid: int
    started: str

    def is_alive(self) -> bool:
        """Whether this very process still runs; a zombie does not."""
        return started_of(self.pid) == self.started

    def signal(self, number: signal.Signals) -> None:
        """Signals this very process; nothing happens if it is gone."""
        if self.is_alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return

    def wait_gone(self, seconds: float) -> bool:
        """Waits until it is gone; false if it outlived `seconds`. For processes that are not our children."""
        deadline = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def identify(pid: int) -> ProcessIdentity:
    """Identity of a running process; `started` is empty, and never matches, if there is none."""
    return ProcessIdentity(pid, started_of(pid) or "")


def started_of(pid: int) -> str | None:
    """Boot and start time of a running process, None if there is none."""
    if sys.platform != "linux":
        asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return asked.stdout.strip() or None
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # The command in parentheses may itself hold spaces and parentheses.
    fields = stat.rpartition(")")[2].split()
    state, start_ticks = fields[0], fields[19]
    return None if state in ("Z", "X") else f"{boot}/{start_ticks}"
