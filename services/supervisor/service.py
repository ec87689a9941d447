"""What the supervisor asks of every service it runs."""

from __future__ import annotations

from typing import Protocol

from services.supervisor.process import Child, Command


class Service(Protocol):
    """A process with its state. One object lives for the whole run and may be started many times."""

    name: str
    # How long it may take to become ready, and to stop before it is killed.
    ready_seconds: float
    stop_seconds: float

    def prepare(self) -> Command:
        """Mends what the last run left behind and says what to start; raises SupervisorError if it cannot be."""

    def check(self) -> None:
        """Returns if the service is ready; raises NoAnswer saying why it is not."""

    def tick(self) -> None:
        """Called every second or so while it runs."""

    def ended(self, child: Child) -> None:
        """Called once its process is gone, in whatever way."""
