"""The one shape that every pass has.

A pass looks at a page and says what shall change. It changes nothing itself: the pipeline puts the decisions together
and the proof core applies them, so what was decided and what was done cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from optimizer.edits import Edit
from optimizer.view import View

__all__ = ["Decision", "Kept", "Pass"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Tokens that the rule could have shortened and the pass left alone, for one reason."""

    reason: str
    """Stable, in snake_case; docs/optimizer.md lists them."""
    tokens: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a pass decided about a page."""

    chosen: bytes = b""
    """One byte a token: 1 where the pass's own, proven rule shall be applied to the whole token."""
    edits: Sequence[Edit] = ()
    """Neighbours of one group are made together or not at all."""
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Pass:
    """One kind of waste and what becomes of it."""

    name: str
    rule: int
    """The rule of docs/PROTOCOL.md that its tokens are marked with."""
    rule_name: str
    standing: Literal["proven", "attested"]
    """Whether the contract checks each application itself, or trusts those who rendered both pages."""
    finds: str
    changes: str
    decide: Callable[[View], Decision]
    """Gets the page as earlier passes leave it."""
    least_bytes: int = 0
    """The fewest bytes that a group of its edits has to save; a recipe may raise it."""
