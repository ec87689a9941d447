"""The optimizer's one verb: a page and a recipe in, a lighter page and the rules that made it out.

The result is exactly what core_ext.trace makes of the page and the rules, it depends on nothing but the arguments, and
optimizing it again changes nothing.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import core_ext
from optimizer.check import Sight
from optimizer.document import Document, set_bytes
from optimizer.errors import PageNotLosslessError, RecipeInvalidError
from optimizer.passes import Kept, Pass, passes_of
from optimizer.recipe import DEFAULT, Level, Recipe
from optimizer.tree import PlainTree

__all__ = ["PassResult", "Result", "optimize"]

_STEP = struct.Struct(">BBHHIII")  # rule, emits, flags, depth, parent, out, attested: docs/PROTOCOL.md


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
    level: Level
    recipe: Recipe
    source_bytes: int
    source_tokens: int
    optimized_tokens: int
    passes: tuple[PassResult, ...]

    @property
    def saved_bytes(self) -> int:
        return self.source_bytes - len(self.optimized)


def optimize(page: bytes, *, level: Level | str = Level.SAFE, recipe: Recipe = DEFAULT) -> Result:
    """A page, in UTF-8, made lighter. Raises RecipeInvalidError for a recipe or level that does not exist."""
    try:
        level = Level(level)
    except ValueError as error:
        raise RecipeInvalidError(f"there is no level {level!r}") from error
    passes = _permitted(recipe)
    document = Document(page)
    rules, kept = _decide(document, level, passes)
    trace = core_ext.trace(page, document.tokens, rules)
    if any(rules) and not _is_same(page, trace.optimized):
        rules, kept = _settle(document, level, passes)
        trace = core_ext.trace(page, document.tokens, rules)
    optimized = trace.optimized
    tokens, saved = _savings(document, rules, trace)
    if sum(saved.values()) != len(page) - len(optimized):
        raise PageNotLosslessError("the steps' savings do not add up to the page's")
    return Result(
        optimized=optimized,
        rules=rules,
        level=level,
        recipe=recipe,
        source_bytes=len(page),
        source_tokens=document.count,
        optimized_tokens=len(trace.out_kinds),
        passes=tuple(
            PassResult(
                name=each.name,
                rule=each.rule,
                rule_name=each.rule_name,
                standing=each.standing,
                tokens=tokens[each.rule],
                saved_bytes=saved[each.rule],
                kept=kept[each.name],
            )
            for each in passes
        ),
    )


def _permitted(recipe: Recipe) -> tuple[Pass, ...]:
    passes = passes_of(recipe.passes)
    if recipe.ruleset not in core_ext.RULESETS:
        raise RecipeInvalidError(f"there is no rule set {recipe.ruleset}")
    for each in passes:
        if each.rule not in core_ext.RULESETS[recipe.ruleset]:
            raise RecipeInvalidError(
                f"pass {each.name!r} needs {each.rule_name}, which rule set {recipe.ruleset} lacks"
            )
    return passes


def _decide(document: Document, level: Level, passes: Sequence[Pass]) -> tuple[bytes, dict[str, tuple[Kept, ...]]]:
    """The rules that the passes put on the tokens, one after the other, and what each left alone."""
    rules = bytearray(document.count)
    kept: dict[str, tuple[Kept, ...]] = {}
    for each in passes:
        decision = each.decide(document, level, bytes(rules))
        kept[each.name] = decision.kept
        for index in set_bytes(decision.chosen):
            if not rules[index]:
                rules[index] = each.rule
    return bytes(rules), kept


def _settle(document: Document, level: Level, passes: Sequence[Pass]) -> tuple[bytes, dict[str, tuple[Kept, ...]]]:
    """The same with only those passes that leave the parser the same page, each tried on top of those before it."""
    good: list[Pass] = []
    refused: dict[str, tuple[Kept, ...]] = {}
    for each in passes:
        rules, kept = _decide(document, level, [*good, each])
        if _is_same(document.page, core_ext.trace(document.page, document.tokens, rules).optimized):
            good.append(each)
        else:
            refused[each.name] = (*kept[each.name], Kept("misnested", rules.count(each.rule)))
    rules, kept = _decide(document, level, good)
    return rules, kept | refused


def _is_same(page: bytes, optimized: bytes) -> bool:
    return Sight.of(PlainTree(page)) == Sight.of(PlainTree(optimized))


def _savings(document: Document, rules: bytes, trace: core_ext.Trace) -> tuple[Counter[int], Counter[int]]:
    """Tokens and bytes saved, by rule."""
    tokens: Counter[int] = Counter()
    saved: Counter[int] = Counter()
    starts, out_starts = document.starts, trace.out_starts
    for index in set_bytes(rules):
        rule, emits, _, _, _, out, _ = _STEP.unpack_from(trace.steps, _STEP.size * index)
        tokens[rule] += 1
        saved[rule] += starts[index + 1] - starts[index] - (out_starts[out + emits] - out_starts[out])
    return tokens, saved
