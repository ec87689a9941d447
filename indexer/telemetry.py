"""Where the indexer's words go: one JSON object a line on stderr.

On the standard library's logging, whose import is paid for already: a structured-logging library costs a start as much
CPU as thirty thousand events.
"""

import json
import logging
import sys
from datetime import UTC, datetime

from indexer import metrics

_LOGGER = logging.getLogger("indexer")


class Words:
    """A logger whose words are an event and its fields."""

    def info(self, event: str, **fields: object) -> None:
        self._say(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        self._say(logging.WARNING, event, fields)

    def critical(self, event: str, **fields: object) -> None:
        self._say(logging.CRITICAL, event, fields)

    def exception(self, event: str, **fields: object) -> None:
        """With the story of the exception that is being handled."""
        _LOGGER.error(event, exc_info=True, extra={"fields": fields})

    def _say(self, level: int, event: str, fields: dict[str, object]) -> None:
        if metrics.chain():
            fields = {"chain": metrics.chain()} | fields
        if _LOGGER.isEnabledFor(level):
            _LOGGER.log(level, event, extra={"fields": fields})


logger = Words()


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = dict(getattr(record, "fields", {}))
        line["event"] = record.getMessage()
        line["level"] = record.levelname.lower()
        line["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure() -> None:
    """Called once, by the program; as a library the package leaves the caller's setting alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
