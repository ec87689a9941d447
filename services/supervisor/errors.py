"""Errors of the supervisor; each says what to do next.

ServiceError
└── SupervisorError
    ├── AlreadyRunning
    ├── NotRunning
    ├── PortsTaken
    ├── DiskShort
    ├── StateCorrupt
    ├── ToolMissing
    ├── PrivilegeMissing
    ├── TaskFailed
    ├── ServiceDied
    ├── ServiceNotReady
    └── OutsideServiceUnreachable
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.errors import ServiceError


class SupervisorError(ServiceError):
    """The local run could not be started, kept or stopped."""

    code = "START_ERROR"


class AlreadyRunning(SupervisorError):
    """Another supervisor holds this state folder."""

    code = "ALREADY_RUNNING"

    def __init__(self, home: Path, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(
            f"{holder} already runs LightDom in {home}",
            "Use it, stop it with `make down`, or set LIGHTDOM_HOME to another folder (and other ports).",
        )
        self.home = home
        self.pid = pid


class NotRunning(SupervisorError):
    """No supervisor holds this state folder."""

    code = "NOT_RUNNING"

    def __init__(self, home: Path) -> None:
        super().__init__(f"nothing runs in {home}", "Start it with `make up`.")
        self.home = home


class PortsTaken(SupervisorError):
    """Ports that local services need are in use; nothing was started."""

    code = "PORTS_TAKEN"

    def __init__(self, taken: Sequence[TakenPort]) -> None:
        super().__init__(
            "; ".join(f"port {port.number} for {port.service} is taken by {port.holder}" for port in taken),
            f"Stop what holds it, or choose another: {' '.join(f'{port.variable}=PORT' for port in taken)} make up",
        )
        self.taken = tuple(taken)


class TakenPort:
    """One port in use: its number, the service that wanted it, its setting and who holds it."""

    __slots__ = ("holder", "number", "service", "variable")

    def __init__(self, number: int, service: str, variable: str, holder: str) -> None:
        self.number = number
        self.service = service
        self.variable = variable
        self.holder = holder


class DiskShort(SupervisorError):
    """Too little space for databases that must not fill the disk while running."""

    code = "DISK_SHORT"

    def __init__(self, home: Path, free_bytes: int, needed_bytes: int) -> None:
        super().__init__(
            f"{free_bytes // 2**20} MiB are free where {home} is, {needed_bytes // 2**20} MiB are needed",
            "Free some space, or set LIGHTDOM_HOME to a folder on another disk.",
        )
        self.free_bytes = free_bytes
        self.needed_bytes = needed_bytes


class StateCorrupt(SupervisorError):
    """What lies in the state folder cannot be started from."""

    code = "STATE_CORRUPT"

    def __init__(self, what: str, path: Path, next_step: str) -> None:
        super().__init__(f"{what} ({path})", next_step)
        self.path = path


class ToolMissing(SupervisorError):
    """A program that a local service is made of is not installed."""

    code = "TOOL_MISSING"

    def __init__(self, tool: str, next_step: str) -> None:
        super().__init__(f"{tool} is not installed", next_step)
        self.tool = tool


class PrivilegeMissing(SupervisorError):
    """Postgres refuses to run as root, and no unprivileged user can reach it."""

    code = "PRIVILEGE_MISSING"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"PostgreSQL does not run as root, and an unprivileged user cannot reach {path}",
            "Run as an ordinary user, or move the project to a folder that everybody may enter, "
            "or set LIGHTDOM_DATABASE_URL to a server of your own.",
        )
        self.path = path


class TaskFailed(SupervisorError):
    """A step that must end well (migration, deployment, demo) did not."""

    code = "TASK_FAILED"

    def __init__(self, name: str, exit_code: int, log: Path, tail: str) -> None:
        super().__init__(f"{name} ended with exit code {exit_code}\n{tail}", f"The whole log: {log}")
        self.name = name
        self.exit_code = exit_code
        self.log = log


class ServiceDied(SupervisorError):
    """A service ended again and again."""

    code = "SERVICE_DIED"

    def __init__(self, name: str, how: str, times: int, log: Path, tail: str) -> None:
        often = f" {times} times in a row" if times > 1 else ""
        super().__init__(f"{name} {how}{often}\n{tail}", f"The whole log: {log}")
        self.name = name
        self.log = log


class ServiceNotReady(SupervisorError):
    """A service lives but did not become ready in time."""

    code = "SERVICE_NOT_READY"

    def __init__(self, name: str, seconds: float, why: str, log: Path, tail: str) -> None:
        super().__init__(f"{name} was not ready within {seconds:.0f} s: {why}\n{tail}", f"The whole log: {log}")
        self.name = name
        self.log = log


class OutsideServiceUnreachable(SupervisorError):
    """A service named by a setting does not answer as it must."""

    code = "OUTSIDE_SERVICE_UNREACHABLE"

    def __init__(self, variable: str, url: str, why: str) -> None:
        super().__init__(f"{variable} names {url}, which does not answer: {why}", f"Correct {variable}, or unset it.")
        self.variable = variable
