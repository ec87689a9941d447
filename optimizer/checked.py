"""Optimizes a page and looks: what breaks its rendering is found and left out, so the result always looks the same.

Fewer bytes saved, never a broken page. Without a browser the result is what the passes decide, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from optimizer.bisect import settle
from optimizer.pipeline import Result, optimize
from optimizer.recipe import Level, Recipe
from optimizer.render import PAGE_URL, Browser, Rendered
from optimizer.render.compare import Difference
from optimizer.render.states import SCRIPTED, STATES

__all__ = ["Checked", "optimize_checked", "unchecked"]

MOST_TRIALS = 40
"""Renders of tried versions for one page, the first and the last not counted."""
_ROUNDS = 3
_TOLD = 10

Status = Literal["same", "unjudged", "off", "unavailable"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A lighter page, and how it was found to look the same."""

    result: Result
    status: Status
    """same: in every state; unjudged: in every state but those in which the page differs from itself."""
    reason: str = ""
    """Of a status other than same."""
    states: tuple[str, ...] = ()
    """Those in which it was seen to be the same."""
    taken_out: tuple[str, ...] = ()
    """Groups of changes left out, because the page looked different with them or no trial was left."""
    untried: int = 0
    """How many of them were not tried alone."""
    trials: int = 0
    differences: tuple[Difference, ...] = ()
    """What was seen first, of what is left out now."""
    unstable: tuple[Difference, ...] = ()

    def told(self) -> dict[str, Any]:
        """The report's `render` (report.schema.json)."""
        return {
            "status": self.status,
            "reason": self.reason,
            "states": list(self.states),
            "takenOut": list(self.taken_out),
            "untried": self.untried,
            "trials": self.trials,
            "differences": [_told(each) for each in self.differences[:_TOLD]],
            "unstable": [_told(each) for each in self.unstable[:_TOLD]],
        }


def unchecked(result: Result, status: Literal["off", "unavailable"], reason: str) -> Checked:
    """A result that nobody looked at."""
    return Checked(result, status, reason)


def optimize_checked(
    page: bytes,
    browser: Browser,
    *,
    level: Level | str = Level.SAFE,
    recipe: Recipe | None = None,
    seen: frozenset[str] = frozenset(),
    url: str = PAGE_URL,
    files: Mapping[str, bytes] | None = None,
    linked: Sequence[bytes] | None = None,
    most_trials: int = MOST_TRIALS,
) -> Checked:
    """A page, in UTF-8, made lighter, that looks as before in every state in which it looks like itself."""

    def without(groups: frozenset[str]) -> Result:
        return optimize(page, level=level, recipe=recipe, without=groups, seen=seen, linked=linked)

    known = Rendered(page, url, files or {})
    first = result = without(frozenset())
    comparison = before = browser.compare(known, result.optimized)
    out: frozenset[str] = frozenset()
    untried = trials = 0
    for round_number in range(_ROUNDS):
        if comparison.same:
            break
        apart = frozenset(each.state for each in comparison.differences)
        everything = out | frozenset(result.groups)
        is_last = round_number == _ROUNDS - 1
        settled = settle(
            result.groups,
            _Trial(browser, known, without, everything, apart).works,
            most_trials=0 if is_last else most_trials - trials,
        )
        out |= frozenset(settled.taken_out)
        untried += settled.untried
        trials += settled.trials
        result = without(out)
        comparison = browser.compare(known, result.optimized)
    if not comparison.same:
        # Rounds enough: no pass at all, so the page itself, which looks like itself wherever it is judged.
        out = frozenset(first.groups) | out
        result = optimize(page, level=level, recipe=Recipe((), result.recipe.ruleset))
        comparison = browser.compare(known, result.optimized)
    taken_out = tuple(group for group in dict.fromkeys((*first.groups, *sorted(out))) if group in out)
    reason = "" if comparison.judged else "the page differs from itself in some state, or could not be rendered in it"
    return Checked(
        result,
        "same" if comparison.judged else "unjudged",
        reason,
        comparison.states,
        taken_out,
        untried,
        trials,
        before.differences,
        comparison.unstable,
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """Whether the page looks the same with some of the groups, in the states that told it apart with all."""

    browser: Browser
    known: Rendered
    without: Callable[[frozenset[str]], Result]
    everything: frozenset[str]
    states: frozenset[str]

    def works(self, kept: frozenset[str]) -> bool:
        lighter = self.without(self.everything - kept).optimized
        for scripts, states in ((False, STATES), (True, SCRIPTED)):
            asked = [state for state in states if state.name in self.states]
            if asked and not self.browser.compare(self.known, lighter, scripts=scripts, states=asked).same:
                return False
        return True


def _told(each: Difference) -> dict[str, str]:
    return {"state": each.state, "kind": each.kind, "detail": each.detail[:300]}
