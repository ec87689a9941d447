"""A child process: started on a leash in a session of its own, stopped in order, its output in its log."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from services.supervisor.identity import ProcessIdentity, identify
from services.supervisor.leash import Lowered, on_leash


@dataclass(frozen=True, slots=True)
class Command:
    """What to run. `death_signal` is what the kernel sends it when the supervisor dies without stopping it."""

    name: str
    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    lowered: Lowered | None = None


@dataclass(slots=True)
class Child:
    """A started command. One that was never stopped is killed with everything it started."""

    command: Command
    log: Path
    identity: ProcessIdentity
    started_at: float  # on the monotonic clock
    _popen: subprocess.Popen[bytes] = field(repr=False)

    @classmethod
    def start(cls, command: Command, log: Path) -> Child:
        """Runs the command, its output going to its log; raises OSError if its program cannot be executed."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            return cls._start(command, log, output)

    @classmethod
    def start_shown(cls, command: Command, log: Path) -> Child:
        """Runs the command, its output going where the supervisor's goes."""
        return cls._start(command, log, None)

    @classmethod
    def _start(cls, command: Command, log: Path, output: BinaryIO | None) -> Child:
        popen = subprocess.Popen(
            command.argv,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            # Ctrl-C in the terminal is for the supervisor alone, which then stops its children in order.
            start_new_session=True,
            # Safe here: this process has one thread.
            preexec_fn=on_leash(command.death_signal, command.lowered),
        )
        return cls(command, log, identify(popen.pid), time.monotonic(), popen)

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._popen.poll()

    @property
    def how_it_ended(self) -> str:
        """A phrase for people, such as "ended with exit code 1"."""
        code = self.exit_code
        if code is None:
            return "still runs"
        if code < 0:
            return f"was ended by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def wait(self, seconds: float | None = None) -> int | None:
        """Exit code, or None if it still runs after `seconds`."""
        try:
            return self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, grace_seconds: float) -> bool:
        """Asks it to stop, kills it after the grace, sweeps what it left behind; false if it had to be killed."""
        if self._popen.poll() is None:
            self._popen.send_signal(self.command.stop_signal)
        in_time = self.wait(grace_seconds) is not None
        self.kill()
        return in_time

    def kill(self) -> None:
        """Kills it and every process of its session's group."""
        with suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(self.identity.pid, signal.SIGKILL)
        self._popen.wait()
