"""A page in, a lighter page and the rules that made it out. No chain, no database, no network but optimizer.fetch.

Start at optimizer.pipeline; docs/optimizer.md describes levels, passes, encodings and the report.
"""

from __future__ import annotations

from optimizer.pipeline import PassResult, Result, optimize
from optimizer.recipe import PROVEN, Level, Recipe, preset

__all__ = ["Level", "PROVEN", "PassResult", "Recipe", "Result", "optimize", "preset"]  # noqa: RUF022 - sorted as Python sorts, which a test checks
