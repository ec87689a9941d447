"""Puts the passes' decisions together, and takes back what the parser would read as another page.

Passes decide one after the other; a byte belongs to the first that wants it. The lexer nests tags by their names alone,
and some trees cannot be written down at all, so in the end the lighter page is parsed and its tree compared with the
one that was meant. Where they differ the smallest groups of changes that account for it are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import core_ext
from core_ext.constants import ATTESTED_CSS, ATTESTED_TEXT, DROP_UNUSED_RULE, DROP_WS_TEXT
from optimizer.bisect import settle
from optimizer.document import Document
from optimizer.edits import Edit
from optimizer.native.outcome import settled, written_short
from optimizer.native.page_tree import PageTree
from optimizer.native.skeleton import difference
from optimizer.passes.shape import Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["Decided", "decide"]

_CHUNK = 64  # tokens whose whole-token rules stand or fall together
_MOST_TRIALS = 48
# What a proven rule is called where the contract could not follow it.
_INSTEAD = {DROP_UNUSED_RULE: ATTESTED_CSS, DROP_WS_TEXT: ATTESTED_TEXT}


@dataclass(slots=True)
class Decided:
    """What shall become of each token of a page, and what comes out."""

    document: Document
    rules: bytes
    replacements: dict[int, bytes]
    edits: list[Edit]
    whole: dict[str, list[int]]
    """Tokens that a pass put its own rule on, by pass."""
    kept: dict[str, tuple[Kept, ...]]
    view: View
    groups: tuple[str, ...]
    finished: int
    """Bytes that normalize_tag took from tags that other passes had changed."""
    _trace: core_ext.Trace | None = None

    @property
    def trace(self) -> core_ext.Trace:
        """The lighter page, and each token's step; made when asked for where nothing changes."""
        if self._trace is None:
            self._trace = core_ext.trace(self.document.page, self.document.tokens, self.rules, self.replacements)
        return self._trace

    @property
    def is_idle(self) -> bool:
        """Whether nothing changes."""
        return not self.edits and not any(self.whole.values())

    def first_difference(self) -> int:
        """The first row of the page's tree that the lighter page lacks, or -1."""
        if self.is_idle or self.trace.optimized == self.document.page:
            return -1
        view, tokens = self.view, self.document.tokens
        fates = view.ledger.fates(view.tree, tokens, view.rows)
        return difference(view.tree, fates, PageTree(self.trace.optimized), view.preserving or b"")


def decide(
    document: Document,
    level: Level,
    passes: Sequence[Pass],
    without: frozenset[str] = frozenset(),
    seen: frozenset[str] = frozenset(),
) -> Decided:
    """What the passes make of a page, less the groups in `without`."""
    whole = _put_together(document, level, passes, without, seen)
    if whole.first_difference() < 0:
        return whole
    groups = frozenset(whole.groups)

    def is_as_meant(kept: frozenset[str]) -> bool:
        return _put_together(document, level, passes, without | (groups - kept), seen).first_difference() < 0

    settled = settle(whole.groups, is_as_meant, most_trials=_MOST_TRIALS)
    found = _put_together(document, level, passes, without | frozenset(settled.taken_out), seen)
    if found.first_difference() >= 0:
        # What earlier changes made possible may differ without them: then nothing goes.
        found = _put_together(document, level, (), without, seen)
        found.kept = {each.name: () for each in passes}
    for name, count in Counter(group.partition(":")[0] for group in settled.taken_out).items():
        found.kept[name] = (*found.kept.get(name, ()), Kept("misnested", count))
    return found


def _put_together(
    document: Document, level: Level, passes: Sequence[Pass], without: frozenset[str], seen: frozenset[str]
) -> Decided:
    view = View(document, level, seen)
    kept: dict[str, tuple[Kept, ...]] = {}
    whole: dict[str, list[int]] = {}
    for each in passes:
        decision = each.decide(view)
        kept[each.name] = decision.kept
        edits = [edit for edit in decision.edits if edit.group not in without] if without else decision.edits
        view.ledger.add(edits, each.least_bytes)
        chosen = view.ledger.free_tokens(decision.chosen, view.rules)
        if without:
            chosen = [index for index in chosen if f"{each.name}:{index // _CHUNK}" not in without]
        for index in chosen:
            view.rules[index] = each.rule
        whole[each.name] = chosen
    return _applied(view, whole, kept)


def _applied(view: View, whole: dict[str, list[int]], kept: dict[str, tuple[Kept, ...]]) -> Decided:
    document = view.document
    rules = view.rules
    if not view.ledger.edits and not any(whole.values()):
        return Decided(document, bytes(rules), {}, [], whole, kept, view, (), 0)
    emissions = view.ledger.emissions()
    finished = written_short(document.tokens, emissions) if "normalize_tag" in whole else 0
    asked = {edit.rule for edit in view.ledger.edits} & _INSTEAD.keys()
    allowed = {rule: core_ext.allowed(document.page, document.tokens, rule) for rule in asked}
    replacements = settled(emissions, rules, _INSTEAD, allowed)
    trace = _traced(document, rules, replacements, whole)
    groups = _groups(view, whole)
    return Decided(document, bytes(rules), replacements, view.ledger.edits, whole, kept, view, groups, finished, trace)


def _groups(view: View, whole: dict[str, list[int]]) -> tuple[str, ...]:
    """All groups of changes, in the order of the page."""
    others: list[tuple[int, str]] = []
    for name, indexes in whole.items():
        firsts = {index // _CHUNK: index for index in reversed(indexes)}
        others += [(view.document.starts[first], f"{name}:{chunk}") for chunk, first in firsts.items()]
    return view.ledger.groups(sorted(others))


def _traced(
    document: Document, rules: bytearray, replacements: dict[int, bytes], whole: dict[str, list[int]]
) -> core_ext.Trace:
    """The trace; a whole-token rule that the state around it does not allow is taken back."""
    while True:
        try:
            return core_ext.trace(document.page, document.tokens, bytes(rules), replacements)
        except core_ext.RuleViolation as refusal:
            index = refusal.index
            for indexes in whole.values():
                if index in indexes:
                    indexes.remove(index)
                    break
            else:
                if rules[index] not in _INSTEAD:
                    raise
                rules[index] = _INSTEAD[rules[index]]
                continue
            rules[index] = core_ext.KEEP
