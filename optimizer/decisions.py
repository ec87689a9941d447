"""Puts the passes' decisions together, and takes back what the parser would read as another page.

Passes decide one after the other; a byte belongs to the first that wants it. The lexer nests tags by their names alone,
and some trees cannot be written down at all, so in the end the lighter page is parsed and its tree compared with the
one that was meant. Where they differ the smallest groups of changes that account for it are left out.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import core_ext
from core_ext import CSS, RAW, START
from core_ext.constants import ATTESTED_CSS, ATTESTED_TEXT, DROP_UNUSED_RULE, DROP_WS_TEXT, NORMALIZE_TAG, STEP_BYTES
from optimizer.bisect import settle
from optimizer.document import Document, set_bytes
from optimizer.edits import Edit
from optimizer.native.page_tree import PageTree
from optimizer.native.skeleton import REWRITTEN, difference
from optimizer.passes.shape import Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["Decided", "decide"]

_CHUNK = 64  # tokens whose whole-token rules stand or fall together
_EMITS_AND_OUT = struct.Struct(">xB8xI4x")
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
    trace: core_ext.Trace
    view: View
    groups: tuple[str, ...]
    finished: int
    """Bytes that normalize_tag took from tags that other passes had changed."""

    def saved_at(self, index: int) -> int:
        """Bytes that a token lost."""
        emits: int
        out: int
        emits, out = _EMITS_AND_OUT.unpack_from(self.trace.steps, STEP_BYTES * index)
        starts, left = self.document.starts, self.trace.out_starts
        return starts[index + 1] - starts[index] - (left[out + emits] - left[out])

    def first_difference(self) -> int:
        """The first row of the page's tree that the lighter page lacks, or -1."""
        if self.trace.optimized == self.document.page:
            return -1
        document, rows = self.document, self.view.rows
        fates = bytearray(self.view.tree.count)
        for edit in self.edits:
            if edit.row >= 0:
                fates[edit.row] = edit.fate
                continue
            index = document.index_at(edit.start)
            if document.kinds[index] in (CSS, RAW):
                row = rows[_element_of(document, index)]
                if row >= 0:
                    fates[row] = REWRITTEN
        return difference(self.view.tree, fates, PageTree(self.trace.optimized))


def _element_of(document: Document, index: int) -> int:
    """The start tag of the raw text element that this token is in."""
    parents = document.tokens.parents
    while document.kinds[index] != START:
        index = parents[index]
    return index


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
    starts = document.starts
    for each in passes:
        decision = each.decide(view)
        kept[each.name] = decision.kept
        edits = [edit for edit in decision.edits if edit.group not in without] if without else decision.edits
        for edit in view.ledger.add(edits):
            if edit.row >= 0:
                view.fates[edit.row] = edit.fate
        chosen: list[int] = []
        for index in set_bytes(decision.chosen):
            if view.rules[index] or not view.ledger.is_free(starts[index], starts[index + 1]):
                continue
            if without and f"{each.name}:{index // _CHUNK}" in without:
                continue
            view.rules[index] = each.rule
            chosen.append(index)
        whole[each.name] = chosen
    return _applied(view, whole, kept)


def _applied(view: View, whole: dict[str, list[int]], kept: dict[str, tuple[Kept, ...]]) -> Decided:
    document = view.document
    rules = view.rules
    replacements: dict[int, bytes] = {}
    provable: dict[int, bytes] = {}
    finished = 0  # bytes that the short way of writing takes from tags changed before
    for index, (rule, left) in view.ledger.emissions().items():
        if rule in _INSTEAD:
            if rule not in provable:
                provable[rule] = core_ext.allowed(document.page, document.tokens, rule)
            if left or not provable[rule][index]:
                rule = _INSTEAD[rule]
        elif left and document.kinds[index] == START and "normalize_tag" in whole:
            done = core_ext.apply_rule(NORMALIZE_TAG, START, document.tokens.flags[index], left)
            if done is not None:
                finished += len(left) - len(done[1])
                left = done[1]
        rules[index] = rule
        if left:
            replacements[index] = left
    trace = _traced(document, rules, replacements, whole)
    marks = [(document.index_at(edit.start), edit.group) for edit in view.ledger.edits]
    marks += [(index, f"{name}:{index // _CHUNK}") for name, indexes in whole.items() for index in indexes]
    groups = tuple(dict.fromkeys(group for _, group in sorted(marks)))
    return Decided(document, bytes(rules), replacements, view.ledger.edits, whole, kept, trace, view, groups, finished)


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
