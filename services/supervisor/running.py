"""Keeps a set of services running: starts, waits until ready, starts again what dies, stops in reverse order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from services.supervisor.errors import ServiceDied, ServiceNotReady, TaskFailed
from services.supervisor.logs import rotate, tail
from services.supervisor.probe import NoAnswer
from services.supervisor.process import Child, Command
from services.supervisor.service import Service

# A service that dies this often, never living for long in between, is not started again.
MOST_DEATHS = 5
_LONG_LIFE_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 0.5
_TEND_SECONDS = 0.5

Tell = Callable[[str], None]


class Stopped(Exception):
    """The user asked to stop while something was waited for."""


@dataclass(slots=True)
class _Place:
    service: Service
    log: Path
    child: Child | None = None
    is_ready: bool = False
    started_at: float = 0.0
    deaths: int = 0
    start_again_at: float = 0.0


class Running:
    """The services of this run. Single-threaded: the leash of a child hangs on the thread that started it."""

    def __init__(self, logs: Path, tell: Tell, on_change: Callable[[dict[str, Child]], None]) -> None:
        self._logs = logs
        self._tell = tell
        self._on_change = on_change
        self._places: list[_Place] = []
        self._tasks: list[Child] = []
        self._should_stop = False
        self._tended_at = 0.0

    def ask_to_stop(self) -> None:
        """For signal handlers: whatever waits, ends soon."""
        self._should_stop = True

    @property
    def is_asked_to_stop(self) -> bool:
        return self._should_stop

    def log_of(self, name: str) -> Path:
        """Where a service or task writes."""
        return self._logs / f"{name}.log"

    def start(self, service: Service) -> None:
        """Starts a service without waiting for it."""
        place = _Place(service, self.log_of(service.name))
        self._places.append(place)
        self._launch(place)

    def await_ready(self, services: Iterable[Service]) -> None:
        """Returns when all of them are; raises ServiceDied, ServiceNotReady or Stopped."""
        waiting = [place for service in services for place in self._places if place.service is service]
        pause = 0.01
        while waiting:
            for place in list(waiting):
                if self._is_ready(place):
                    place.is_ready = True
                    waiting.remove(place)
                    seconds = time.monotonic() - place.started_at
                    self._tell(f"{place.service.name:<12} ready   {seconds:5.1f} s")
            if waiting:
                self.pause(pause)
                pause = min(pause * 1.3, 0.2)

    def begin_task(self, command: Command) -> Child:
        """Starts a command that must end by itself."""
        task = Child.start(command, self.log_of(command.name))
        self._tasks.append(task)
        return task

    def finish_task(self, task: Child, *, seconds: float) -> None:
        """Waits for a task; raises TaskFailed unless it ended with 0 in time."""
        while task.exit_code is None and time.monotonic() - task.started_at < seconds:
            self.pause(0.05)
        task.kill()
        self._tasks.remove(task)
        name, code = task.command.name, task.exit_code
        if code != 0:
            raise TaskFailed(name, code if code is not None else -1, task.log, tail(task.log))
        self._tell(f"{name:<12} done    {time.monotonic() - task.started_at:5.1f} s")

    def keep(self) -> None:
        """Tends the services until asked to stop; raises ServiceDied when one cannot be kept."""
        while not self._should_stop:
            self._tend()
            time.sleep(_TEND_SECONDS)

    def pause(self, seconds: float) -> None:
        """A short wait during which the services are tended and a request to stop is heard; raises Stopped."""
        if time.monotonic() - self._tended_at > _TEND_SECONDS:
            self._tend()
        time.sleep(seconds)
        if self._should_stop:
            raise Stopped

    def stop(self) -> None:
        """Stops everything, last started first. What does not stop in time is killed."""
        for task in self._tasks:
            task.kill()
        self._tasks.clear()
        for place in reversed(self._places):
            if place.child is None:
                continue
            service = place.service
            if place.child.exit_code is None and not place.child.stop(service.stop_seconds):
                self._tell(f"{service.name:<12} did not stop in {service.stop_seconds:.0f} s and was killed")
            place.child.kill()
            service.ended(place.child)
            place.child = None
        self._places.clear()
        self._changed()

    def _tend(self) -> None:
        now = self._tended_at = time.monotonic()
        for place in self._places:
            rotate(place.log)
            if not place.is_ready:
                continue  # its death is told by the one who waits for it
            if place.child is None:
                if now >= place.start_again_at:
                    self._launch(place)
            elif place.child.exit_code is None:
                place.service.tick()
                if now - place.started_at > _LONG_LIFE_SECONDS:
                    place.deaths = 0
            else:
                self._bury(place)

    def _bury(self, place: _Place) -> None:
        assert place.child is not None
        name, how = place.service.name, place.child.how_it_ended
        place.child.kill()
        place.service.ended(place.child)
        place.child = None
        place.deaths += 1
        if place.deaths >= MOST_DEATHS:
            raise ServiceDied(name, how, place.deaths, place.log, tail(place.log))
        pause = _FIRST_PAUSE_SECONDS * 2 ** (place.deaths - 1)
        place.start_again_at = time.monotonic() + pause
        self._tell(f"{name:<12} {how}; starting it again in {pause:.1f} s (log: {place.log})")
        self._changed()

    def _launch(self, place: _Place) -> None:
        rotate(place.log)
        place.child = Child.start(place.service.prepare(), place.log)
        place.started_at = time.monotonic()
        self._changed()

    def _is_ready(self, place: _Place) -> bool:
        service = place.service
        assert place.child is not None
        if place.child.exit_code is not None:
            raise ServiceDied(service.name, place.child.how_it_ended, 1, place.log, tail(place.log))
        try:
            service.check()
        except NoAnswer as why:
            seconds = time.monotonic() - place.started_at
            if seconds > service.ready_seconds:
                raise ServiceNotReady(service.name, seconds, str(why), place.log, tail(place.log)) from None
            return False
        return True

    def _changed(self) -> None:
        self._on_change({place.service.name: place.child for place in self._places if place.child is not None})
