"""A page in, a lighter page and the rules that made it out. No chain, no database, no network but optimizer.fetch.

Start at optimizer.pipeline; docs/optimizer.md describes levels, passes, encodings and the report.
"""

from __future__ import annotations

from optimizer.pipeline import PassResult, Result, optimize
from optimizer.recipe import PROVEN, Level, Recipe, preset

__all__ = ["PROVEN", "Level", "PassResult", "Recipe", "Result", "optimize", "preset"]
