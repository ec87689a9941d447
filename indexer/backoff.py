"""Waiting longer after each failure, never two indexers in step."""

import random

_FIRST_SECONDS = 0.1
_LONGEST_SECONDS = 10.0


class Backoff:
    """Doubles the wait with each failure in a row, and takes a random half off."""

    def __init__(self) -> None:
        self.failures = 0

    def next_seconds(self) -> float:
        """How long to wait after one more failure."""
        wait: float = min(_FIRST_SECONDS * 2 ** min(self.failures, 16), _LONGEST_SECONDS)
        self.failures += 1
        return wait * random.uniform(0.5, 1)  # noqa: S311  spreads load, guards nothing

    def reset(self) -> None:
        """After a success."""
        self.failures = 0
