"""Our own processes: indexer, workers, API. All they know is in Postgres and on the chain, so a kill harms nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from services.supervisor.probe import http
from services.supervisor.process import Child, Command
from services.supervisor.settings import PROJECT


class PythonService:
    """`python -m module words...`; ready as soon as it runs, unless it has a page to ask."""

    ready_seconds = 60.0
    stop_seconds = 15.0

    def __init__(self, name: str, words: tuple[str, ...], environment: Mapping[str, str], ready_url: str = "") -> None:
        self.name = name
        self._words = words
        self._environment = environment
        self._ready_url = ready_url

    def prepare(self) -> Command:
        return Command(self.name, (sys.executable, "-m", *self._words), PROJECT, self._environment)

    def check(self) -> None:
        if self._ready_url:
            http(self._ready_url)

    def tick(self) -> None:
        pass

    def ended(self, child: Child) -> None:
        pass
