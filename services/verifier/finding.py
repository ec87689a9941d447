"""What a recomputation finds: a fault, where it is, what the claim says there and what is right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Fault(IntEnum):
    """Kinds of provable fault, numbered as in the contract; EVIDENCE is a bundle that is not what was committed."""

    SUM = 0
    TOKEN = 1
    STEP = 2
    NEST = 3
    RULE = 4
    SELECTOR = 5
    EVIDENCE = 255


@dataclass(frozen=True, slots=True)
class Witness:
    """What has to be opened beside a token: neighbouring steps, elements, the steps on the way to these."""

    steps: range
    elements: tuple[int, ...] = ()
    path: tuple[int, ...] = ()
    shows_output: bool = False
    """What the last of the steps put out is opened too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `index` is a source token's, or with `is_optimized_tree` an optimized one's; -1: the whole claim.

    `offset` is where that token begins in its page, in bytes. `height` counts levels above the leaves for SUM.
    `witness`: of RULE and SELECTOR, where other tokens show it.
    """

    fault: Fault
    index: int
    words: str
    claimed: str = ""
    right: str = ""
    offset: int | None = None
    is_optimized_tree: bool = False
    height: int = 0
    witness: Witness | None = None


def show(data: bytes, limit: int = 40) -> str:
    """The beginning of a token as people can read it."""
    text = data[:limit].decode("utf-8", "backslashreplace")
    return repr(text) + ("..." if len(data) > limit else "")
