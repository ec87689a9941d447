"""How far a backfill is, for people and for logs: a bar on a terminal, a line now and then elsewhere."""

import sys
import time

from indexer.telemetry import logger

_LINE_SECONDS = 2.0
_BAR_SECONDS = 0.2
_BAR = 30


class Progress:
    """One backfill's pace, measured from the first word on."""

    def __init__(self) -> None:
        self._started: tuple[float, int] | None = None
        self._rows = 0
        self._said_at = 0.0

    def say(self, block: int, head: int, rows: int) -> None:
        """The mirror has come to this block, with so many more rows."""
        now = time.monotonic()
        self._rows += rows
        if self._started is None:
            self._started = now, block
        if now - self._said_at < (_BAR_SECONDS if sys.stderr.isatty() else _LINE_SECONDS):
            return
        self._said_at = now
        since, first = self._started
        passed, done, left = now - since, block - first, head - block
        eta = round(left * passed / done, 1) if done and passed else None
        pace = round(self._rows / passed) if passed else None
        if sys.stderr.isatty():
            share = block / max(head, 1)
            bar = "█" * round(share * _BAR)
            words = (
                f"{share:6.1%} block {block} of {head}, {pace or '?'} rows/s, {eta if eta is not None else '?'} s left"
            )
            sys.stderr.write(f"\r{bar:<{_BAR}} {words}\x1b[K" + ("\n" if left <= 0 else ""))
            sys.stderr.flush()
        else:
            logger.info("history", block=block, head=head, rows=self._rows, rows_per_second=pace, seconds_left=eta)
