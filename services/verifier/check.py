"""One thing that a verifier looked at, and the bit of a vote that says so (docs/PROTOCOL.md, "Attestation")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SERVED = 1
RENDERS_EQUAL = 2
DATA_RECOMPUTED = 4


@dataclass(frozen=True, slots=True)
class Check:
    """`passed` is None where it could not be found out: the bit is not set, and nothing held against the claim."""

    name: str
    bit: int
    passed: bool | None
    words: str


def bits_of(checks: Iterable[Check]) -> int:
    """What a vote may say after these checks: nothing at all if one of them speaks against the claim."""
    made = tuple(checks)
    if any(check.passed is False for check in made):
        return 0
    return sum(check.bit for check in made if check.passed)
