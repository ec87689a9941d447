"""The optimizer's one verb: a page and a recipe in, a lighter page and the rules that made it out.

The result is exactly what core_ext.trace makes of the page, the rules and the replacements; it depends on nothing but
the arguments, and optimizing it again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import core_ext
from core_ext.constants import STEP_BYTES
from optimizer.decisions import Decided, decide
from optimizer.document import Document
from optimizer.errors import PageNotLosslessError, RecipeInvalidError
from optimizer.native.outcome import lost_bytes
from optimizer.passes import Kept, Pass, passes_of
from optimizer.recipe import Level, Recipe, preset
from optimizer.rounds import MOST_ROUNDS, Made, both, in_round, of_round

__all__ = ["PassResult", "Result", "optimize"]


@dataclass(frozen=True, slots=True)
class PassResult:
    """What one pass did."""

    name: str
    rule: int
    rule_name: str
    standing: Literal["proven", "attested"]
    tokens: int
    """Tokens that its rule was applied to."""
    saved_bytes: int
    kept: tuple[Kept, ...]
    """What it left alone, and why."""


@dataclass(frozen=True, slots=True)
class Result:
    """A lighter page and how it came about."""

    optimized: bytes
    rules: bytes
    """One rule id for each token of the source."""
    replacements: Mapping[int, bytes]
    """What attested rules put in the place of tokens; a token that is not here is dropped by them."""
    level: Level
    recipe: Recipe
    source_bytes: int
    source_tokens: int
    optimized_tokens: int
    proven_bytes: int
    """Saved by rules that the contract checks itself."""
    attested_bytes: int
    """Saved by rules that rest on those who rendered both pages."""
    passes: tuple[PassResult, ...]
    groups: tuple[str, ...]
    """Every change that can be left out by itself (`optimize(without=...)`), in the order of the page."""

    @property
    def saved_bytes(self) -> int:
        return self.source_bytes - len(self.optimized)


def optimize(
    page: bytes,
    *,
    level: Level | str = Level.SAFE,
    recipe: Recipe | None = None,
    without: frozenset[str] = frozenset(),
    seen: frozenset[str] = frozenset(),
    linked: Sequence[bytes] | None = None,
) -> Result:
    """A page, in UTF-8, made lighter.

    `without` names groups of changes to leave out, `seen` names (of classes, ids, attributes, elements) that the page's
    scripts were seen to use, `linked` is the text of every style sheet that the page links to, if all are at hand:
    where they are not, what they may ask for stays.
    Raises RecipeInvalidError for a recipe or level that does not exist.
    """
    try:
        level = Level(level)
    except ValueError as error:
        raise RecipeInvalidError(f"there is no level {level!r}") from error
    recipe = preset(level) if recipe is None else recipe
    passes = _permitted(recipe)
    permitted = frozenset(core_ext.RULESETS[recipe.ruleset])
    tokens: Counter[str] = Counter()
    saved: Counter[str] = Counter()
    groups: list[str] = []
    made: Made | None = None
    kept: Mapping[str, tuple[Kept, ...]] = {}
    for number in range(1, MOST_ROUNDS + 1):
        current = page if made is None else made.trace.optimized
        ours, spent = in_round(without, number)
        able = [each for each in passes if each.name not in spent]
        decided = decide(Document(current, linked), level, able, ours, seen)
        if made is not None and decided.is_idle:
            break
        this = Made(decided.document.tokens, decided.rules, decided.replacements, decided.trace)
        if made is None:
            made, kept = this, decided.kept
        else:
            if this.trace.optimized == current:
                break
            together = both(page, made, this, permitted)
            if together is None:
                break
            made = together
        _count(decided, able, tokens, saved)
        groups += decided.groups if number == 1 else [of_round(group, number) for group in decided.groups]
        if this.trace.optimized == current:
            break
    if made is None or sum(saved.values()) != len(page) - len(made.trace.optimized):
        raise PageNotLosslessError("the passes' savings do not add up to the page's")
    attested = made.trace.attested_bytes
    return Result(
        optimized=made.trace.optimized,
        rules=made.rules,
        replacements=made.replacements,
        level=level,
        recipe=recipe,
        source_bytes=len(page),
        source_tokens=made.tokens.count,
        optimized_tokens=len(made.trace.out_kinds),
        proven_bytes=len(page) - len(made.trace.optimized) - attested,
        attested_bytes=attested,
        passes=tuple(
            PassResult(
                name=each.name,
                rule=each.rule,
                rule_name=each.rule_name,
                standing=each.standing,
                tokens=tokens[each.name],
                saved_bytes=saved[each.name],
                kept=kept[each.name],
            )
            for each in passes
        ),
        groups=tuple(groups),
    )


def _permitted(recipe: Recipe) -> tuple[Pass, ...]:
    least = dict(recipe.thresholds)
    passes = tuple(replace(each, least_bytes=least.get(each.name, 0)) for each in passes_of(recipe.passes))
    if recipe.ruleset not in core_ext.RULESETS:
        raise RecipeInvalidError(f"there is no rule set {recipe.ruleset}")
    for each in passes:
        if each.rule not in core_ext.RULESETS[recipe.ruleset]:
            raise RecipeInvalidError(
                f"pass {each.name!r} needs {each.rule_name}, which rule set {recipe.ruleset} lacks"
            )
    return passes


def _count(decided: Decided, passes: Sequence[Pass], tokens: Counter[str], saved: Counter[str]) -> None:
    """Adds tokens and bytes saved, by pass: edits by what they say, whole tokens by what the trace made of them."""
    for name, (count, lost) in decided.view.ledger.saved().items():
        tokens[name] += count
        saved[name] += lost
    for each in passes:
        whole = decided.whole.get(each.name, [])
        tokens[each.name] += len(whole)
        saved[each.name] += lost_bytes(decided.trace, decided.document.tokens, whole, STEP_BYTES)
    saved["normalize_tag"] += decided.finished
