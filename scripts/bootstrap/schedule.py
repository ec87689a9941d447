"""Does the steps that are needed, as many at once as makes sense, and says of each how long it took.

The invariant: a step's stamp is written only after it succeeded, so an interrupted step is done again from its start.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from scripts.bootstrap.failure import BootstrapFailed
from scripts.bootstrap.step import Step, fingerprint

# Two of them wait for the network most of the time.
_AT_ONCE = 3
_SHOWN_LINES = 30


class Schedule:
    """The steps of one run."""

    def __init__(self, steps: list[Step], project: Path, environment: dict[str, str]) -> None:
        self._steps = {step.name: step for step in steps}
        self._project = project
        self._environment = environment
        self._folder = project / "build/bootstrap"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._guard = threading.Lock()
        self._is_ending = False
        self._fingerprints: dict[str, str] = {}
        for step in steps:
            before = [self._fingerprints[name] for name in step.after]
            self._fingerprints[step.name] = fingerprint(step, before, project)

    def needed(self) -> list[Step]:
        """Steps to do, in order; a step follows when one before it is to be done."""
        names: set[str] = set()
        for step in self._steps.values():
            if any(name in names for name in step.after) or not self._is_done(step):
                names.add(step.name)
        return [step for step in self._steps.values() if step.name in names]

    def run(self, steps: list[Step]) -> None:
        """Does these steps; raises BootstrapFailed for the first that fails, after ending the others."""
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting, done = {step.name: step for step in steps}, set(self._steps) - {step.name for step in steps}
        working: dict[Future[float], Step] = {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                while waiting or working:
                    for step in [step for step in waiting.values() if done.issuperset(step.after)]:
                        working[pool.submit(self._do, waiting.pop(step.name))] = step
                    self._show([step.name for step in working.values()])
                    finished, _ = wait(working, timeout=0.5, return_when=FIRST_COMPLETED)
                    for future in finished:
                        step = working.pop(future)
                        self._report(step, future)
                        done.add(step.name)
            except BaseException:
                self._end_all()
                raise
            finally:
                self._show([])

    def _report(self, step: Step, future: Future[float]) -> None:
        try:
            seconds = future.result()
        except BootstrapFailed as failure:
            if not step.is_optional:
                raise
            self._line(f"  --  {str(failure).splitlines()[0]}\n      {step.if_it_fails}")
        else:
            self._line(f"  ok  {step.name:<20} {seconds:6.1f} s")
        # An optional step that failed is not tried again and again either.
        self._stamp(step).write_text(self._fingerprints[step.name])

    def _do(self, step: Step) -> float:
        self._stamp(step).unlink(missing_ok=True)
        began = time.monotonic()
        log = self._folder / f"{step.name.replace(' ', '-').lower()}.log"
        with log.open("wb") as output:
            for argv in step.argvs:
                output.write(f"$ {' '.join(argv)}\n".encode())
                output.flush()
                code = self._call(argv, step, output.fileno())
                if code != 0:
                    shown = "\n".join(f"    {line}" for line in _last_lines(log))
                    raise BootstrapFailed(
                        f"{step.name} failed: `{' '.join(argv[:6])}` ended with exit code {code}\n{shown}",
                        f"The whole log: {log}. Once that is mended, the same command goes on from here.",
                    )
        return time.monotonic() - began

    def _call(self, argv: tuple[str, ...], step: Step, output: int) -> int:
        try:
            with self._guard:
                if self._is_ending:
                    return -1
                process = subprocess.Popen(
                    argv,
                    cwd=step.folder or self._project,
                    env=self._environment | step.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
                self._processes.append(process)
        except OSError as error:
            os.write(output, f"{argv[0]}: {error.strerror}\n".encode())
            return 127
        return process.wait()

    def _end_all(self) -> None:
        with self._guard:
            self._is_ending = True
            for process in self._processes:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    def _is_done(self, step: Step) -> bool:
        try:
            return self._stamp(step).read_text() == self._fingerprints[step.name] and step.outputs()
        except OSError:
            return False

    def _stamp(self, step: Step) -> Path:
        return self._folder / f"{step.name.replace(' ', '-').lower()}.stamp"

    def _show(self, names: list[str]) -> None:
        if sys.stdout.isatty():
            sys.stdout.write("\r\033[K" + (f"  ..  {', '.join(names)}" if names else ""))
            sys.stdout.flush()

    def _line(self, text: str) -> None:
        self._show([])
        print(text, flush=True)


def _last_lines(log: Path) -> list[str]:
    return log.read_text(errors="replace").splitlines()[-_SHOWN_LINES:]
