"""Finds the changes that break a page and leaves them out: what remains works, as tested, together.

Whole passes are tried before single changes, and halves before parts of them: about two trials for each doubling of
the number of changes, for each culprit. When the trials are used up, what was not tried stays out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Settled", "settle"]


@dataclass(frozen=True, slots=True)
class Settled:
    """Which groups of changes stay."""

    kept: frozenset[str]
    taken_out: tuple[str, ...]
    """In the order given: those that break the page, and those for which no trial was left."""
    untried: int
    """How many of them no trial was left for."""
    trials: int


class _Search:
    def __init__(self, works: Callable[[frozenset[str]], bool], most_trials: int) -> None:
        self._works = works
        self._left = most_trials
        self.trials = 0
        self.kept: frozenset[str] = frozenset()
        self.untried = 0

    def take(self, candidates: Sequence[str], *, is_known_to_break: bool) -> bool:
        """Adds what works of the candidates to what is kept; whether that is all of them."""
        if not candidates:
            return True
        if not is_known_to_break:
            if self._left <= 0:
                self.untried += len(candidates)
                return False
            self._left -= 1
            self.trials += 1
            if self._works(self.kept | frozenset(candidates)):
                self.kept |= frozenset(candidates)
                return True
        if len(candidates) == 1:
            return False
        first, second = _halves(candidates)
        # If the first half works, the second must hold what breaks the whole: no need to try it whole.
        is_first_whole = self.take(first, is_known_to_break=False)
        self.take(second, is_known_to_break=is_first_whole)
        return False


def settle(groups: Sequence[str], works: Callable[[frozenset[str]], bool], *, most_trials: int) -> Settled:
    """What of the groups, all of which together do not work, works together. No group at all must work.

    A group is named by its pass, ":", and what it is about; groups of one pass need not stand together.
    """
    ordered = sorted(dict.fromkeys(groups), key=_pass_of)  # stable: within a pass as given
    search = _Search(works, most_trials)
    search.take(ordered, is_known_to_break=True)
    taken_out = tuple(group for group in dict.fromkeys(groups) if group not in search.kept)
    return Settled(search.kept, taken_out, search.untried, search.trials)


def _halves(candidates: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Cut between two passes, if there are several, as near to the middle as that goes."""
    middle = len(candidates) // 2
    borders = [
        place for place in range(1, len(candidates)) if _pass_of(candidates[place]) != _pass_of(candidates[place - 1])
    ]
    place = min(borders, key=lambda border: abs(border - middle)) if borders else middle
    return candidates[:place], candidates[place:]


def _pass_of(group: str) -> str:
    return group.partition(":")[0]
