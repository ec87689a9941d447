"""A recipe: which passes run, in which order, under which rule set. Its id is the hash of its canonical JSON.

Two recipes with the same id decide the same on every page, whoever wrote them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core_ext import keccak256
from optimizer.errors import RecipeInvalidError

__all__ = ["PROVEN", "Level", "Recipe", "preset"]


class Level(StrEnum):
    """How much a pass may take for granted."""

    SAFE = "safe"
    """Rendering and the scripts' view of the page stay (docs/optimizer.md, "Levels")."""
    MAX = "max"
    """Rendering stays."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Passes by name, in the order in which they decide: a token belongs to the first that wants it."""

    passes: tuple[str, ...]
    ruleset: int = 1
    thresholds: tuple[tuple[str, int], ...] = ()
    """By pass, sorted: the fewest bytes that a change of its has to save, else it is not made. Proven rules on whole
    tokens are not asked."""

    @property
    def id(self) -> str:
        """keccak-256 of the canonical JSON, as 0x hex."""
        return "0x" + keccak256(self.to_json().encode()).hex()

    def to_json(self) -> str:
        """Canonical: keys sorted, no spaces, no thresholds where there are none."""
        told: dict[str, Any] = {"passes": self.passes, "ruleset": self.ruleset}
        if self.thresholds:
            told["thresholds"] = dict(self.thresholds)
        return json.dumps(told, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Raises RecipeInvalidError where the text is no recipe; unknown passes show when it is used."""
        try:
            read: Any = json.loads(text)
        except ValueError as error:
            raise RecipeInvalidError(f"it is not JSON ({error})") from error
        if not isinstance(read, dict) or set(read) - {"thresholds"} != {"passes", "ruleset"}:
            raise RecipeInvalidError("it needs the keys passes and ruleset, and may have thresholds")
        names, ruleset = read["passes"], read["ruleset"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or type(ruleset) is not int:
            raise RecipeInvalidError("passes is a list of names, ruleset a whole number")
        least = read.get("thresholds", {})
        if not isinstance(least, dict) or not all(type(value) is int and value > 0 for value in least.values()):
            raise RecipeInvalidError("thresholds holds bytes, above 0, by the names of passes")
        if not least.keys() <= set(names):
            raise RecipeInvalidError("thresholds names a pass that the recipe has not")
        return cls(tuple(names), ruleset, tuple(sorted(least.items())))


PROVEN = Recipe(("drop_comment", "collapse_white_space"))
"""Only what the contract itself can check."""

_SAFE = (
    *("minify_script", "unused_css", "unused_attribute", "short_style_attribute", "short_path", "short_data"),
    *("hidden_white_space", "drop_comment", "collapse_white_space", "short_reference", "drop_empty_attribute"),
    "normalize_tag",
)
_MAX = (
    *("minify_script", "unused_css", "duplicate_style", "duplicate_script", "never_shown", "collapse_wrapper"),
    *("unused_attribute", "short_style_attribute", "short_path", "short_data", "hidden_white_space"),
    *("drop_comment", "collapse_white_space", "short_reference", "drop_empty_attribute", "normalize_tag"),
)
_PRESETS = {Level.SAFE: Recipe(_SAFE, 2), Level.MAX: Recipe(_MAX, 2)}


def preset(level: Level) -> Recipe:
    """The recipe of a level where none is asked for."""
    return _PRESETS[level]
