"""`up`, `up --once` and `down`: what the command line does with a local run."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping

from services.supervisor.errors import AlreadyRunning, NotRunning, SupervisorError
from services.supervisor.home import Home, RunRecord, is_held
from services.supervisor.local import LocalRun, environment_for
from services.supervisor.process import Child, Command
from services.supervisor.running import Running, Stopped, Tell
from services.supervisor.screen import final_screen
from services.supervisor.settings import PROJECT, SupervisorSettings

# A supervisor gives each of its services their own time; together they stay under this.
_DOWN_SECONDS = 120.0


def up(settings: SupervisorSettings, tell: Tell) -> int:
    """Starts everything, runs the demo and stays up until a signal. Shows the screen again if it is up already."""
    running = running_record(settings)
    if running is not None:
        tell(f"LightDom already runs in {settings.home}")
        tell(final_screen(Home(settings.home), running))
        return 0
    run = LocalRun(settings, tell)
    try:
        run.start()
        tell(f"LightDom is up after {run.seconds_to_start:.1f} s. The demo:\n")
        if run_demo(run.environment(), run.running) != 0:
            tell("\nThe demo did not succeed; what is said above is why. Everything else stays up.")
        _show(run, tell)
        run.running.keep()
        tell("\nStopping ...")
    except Stopped:
        tell("\nStopping ...")
    finally:
        run.stop()
    tell(f"Stopped. Everything is kept in {settings.home}; `make up` goes on from here.")
    return 0


def up_once(settings: SupervisorSettings, tell: Tell) -> int:
    """Runs the demo, against what is up already or else its own run, which it stops again; the demo's exit code."""
    running = running_record(settings)
    if running is not None:
        return run_demo(environment_for(settings, running.database_url), None)
    run = LocalRun(settings, tell)
    try:
        run.start()
        return run_demo(run.environment(), run.running)
    except Stopped:
        return 128 + signal.SIGINT
    finally:
        run.stop()


def down(settings: SupervisorSettings, tell: Tell) -> int:
    """Stops the run of this folder and waits until it is gone; raises SupervisorError if it does not go."""
    home = Home(settings.home)
    record = RunRecord.read(home)
    if not is_held(home) or record is None:
        tell(str(NotRunning(settings.home)))
        return 0
    record.supervisor.signal(signal.SIGTERM)
    deadline = time.monotonic() + _DOWN_SECONDS
    while is_held(home):
        if time.monotonic() > deadline:
            raise SupervisorError(
                f"process {record.supervisor.pid} did not stop within {_DOWN_SECONDS:.0f} s",
                f"Look into {home.logs}. `kill -9 {record.supervisor.pid}` is safe: its services end with it.",
            )
        time.sleep(0.05)
    tell(f"Stopped what ran in {settings.home}")
    return 0


def running_record(settings: SupervisorSettings) -> RunRecord | None:
    """The record of a run that is up; None if none runs. Raises AlreadyRunning while one is starting or stopping."""
    home = Home(settings.home)
    if not is_held(home):
        return None
    record = RunRecord.read(home)
    if record is None or not record.is_up:
        raise AlreadyRunning(settings.home, record.supervisor.pid if record else None)
    return record


def run_demo(environment: Mapping[str, str], running: Running | None) -> int:
    """`lightdom demo` in this terminal; the services are tended meanwhile."""
    log = PROJECT / os.devnull
    demo = Child.start_shown(Command("demo", (sys.executable, "-m", "cli.main", "demo"), PROJECT, environment), log)
    try:
        while demo.exit_code is None:
            if running is None:
                demo.wait(0.5)
            else:
                running.pause(0.1)
    finally:
        demo.kill()
    return demo.exit_code if demo.exit_code is not None else 1


def _show(run: LocalRun, tell: Tell) -> None:
    record = RunRecord.read(run.home)
    if record is not None:
        tell(final_screen(run.home, record))
