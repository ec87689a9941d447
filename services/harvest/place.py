"""Places in a claim's trees, as demands name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Part(IntEnum):
    """One of the three trees of a claim, numbered as in the contract."""

    SOURCE = 0
    OPTIMIZED = 1
    STEPS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf (height 0) or inner node of one tree."""

    part: Part
    height: int
    index: int
