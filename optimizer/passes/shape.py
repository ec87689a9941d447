"""The one shape that every pass has.

A pass looks at a page and says for each token whether its rule shall be applied there. It changes nothing itself: the
pipeline marks the tokens, and the proof core applies the rules, so what was decided and what was done cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from optimizer.document import Document
from optimizer.recipe import Level

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

    chosen: bytes
    """One byte a token: 1 where the rule shall be applied."""
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
    decide: Callable[[Document, Level, bytes], Decision]
    """Gets the page, the level, and the rules that earlier passes have put on its tokens."""
