"""The one error of the bootstrap: what is wrong, and what to do."""

from __future__ import annotations


class BootstrapFailed(Exception):
    """The installation cannot go on; `next_step` names the fix."""

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message)
        self.next_step = next_step
