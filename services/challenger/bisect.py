"""Finding a lie that no bundle shows: where a bundle does not hash to the claim's roots, the claim is made to show why.

From a root down, each answer to a demand gives a node's two children; the child that the bundle does not give is asked
for next. An answer that cannot be given is slashed by its timeout; one that is given leads, after as many answers as
the tree is deep, to a sum that does not add up or to a leaf that the bundle has otherwise. With that leaf in its place
the bundle is what was committed, and its fault is provable like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.chain import Claim
from services.harvest.evidence import Evidence, TokenList, pack_step
from services.harvest.evidence import Step as StepRecord
from services.harvest.openings import Openings
from services.harvest.place import Part, Place


@dataclass(frozen=True, slots=True)
class Missing:
    """What to demand next."""

    place: Place


@dataclass(frozen=True, slots=True)
class Shown:
    """A leaf that the claim committed to and the bundle has otherwise, as its answer opened it."""

    place: Place
    opening: Any


@dataclass(frozen=True, slots=True)
class Uneven:
    """An inner node whose sums do not come to what is committed above it: its opening is a proof of itself."""

    place: Place
    opening: Any


Step = Missing | Shown | Uneven


def walk(claim: Claim, evidence: Evidence, answered: Mapping[Place, Any]) -> Iterator[Step]:
    """Where the bundle leaves the committed trees, as far as the answers tell: each differing branch, left to right."""
    openings = Openings(evidence)
    parts = (
        (Part.SOURCE, claim.src, claim.src_bytes, claim.depth_s),
        (Part.OPTIMIZED, claim.opt, claim.opt_bytes, claim.depth_o),
        (Part.STEPS, claim.trace, 0, claim.depth_s),
    )
    for part, root, total, depth in parts:
        known = openings.node(part, depth, 0)
        if known is None or known[0] != root:
            yield from _branch(openings, Place(part, depth, 0), total, answered)


def _branch(openings: Openings, place: Place, committed_sum: int, answered: Mapping[Place, Any]) -> Iterator[Step]:
    opening = answered.get(place)
    if opening is None:
        yield Missing(place)
        return
    if place.height == 0:
        yield Shown(place, opening)
        return
    sums = (0, 0)
    if place.part is not Part.STEPS:
        sums = (opening["leftSum"], opening["rightSum"])
        if sum(sums) != committed_sum:
            yield Uneven(place, opening)
            return
    for side, name in enumerate(("left", "right")):
        child = Place(place.part, place.height - 1, 2 * place.index + side)
        if (bytes(opening[name]), sums[side]) != openings.node(child.part, child.height, child.index):
            yield from _branch(openings, child, sums[side], answered)


def patched(evidence: Evidence, shown: Iterable[Shown]) -> Evidence:
    """The bundle with every shown leaf in its place: what was committed, once all that differs has been shown."""
    for each in shown:
        if each.place.index >= (len(evidence.output) if each.place.part is Part.OPTIMIZED else len(evidence.source)):
            continue  # a bundle has no padding
        index, opening = each.place.index, each.opening
        if each.place.part is Part.STEPS:
            names = StepRecord.__slots__
            record = pack_step(StepRecord(**{name: opening[name] for name in names}))
            at = index * len(record)
            evidence = replace(evidence, steps=evidence.steps[:at] + record + evidence.steps[at + len(record) :])
        elif each.place.part is Part.SOURCE:
            page, tokens = _with_leaf(evidence.page, evidence.source, index, opening)
            evidence = replace(evidence, page=page, source=tokens)
        else:
            page, tokens = _with_leaf(evidence.optimized, evidence.output, index, opening)
            evidence = replace(evidence, optimized=page, output=tokens)
    return evidence


def _with_leaf(page: bytes, tokens: TokenList, index: int, opening: Any) -> tuple[bytes, TokenList]:
    data, kinds = bytes(opening["data"]), bytearray(tokens.kinds)
    start, end = tokens.starts[index], tokens.starts[index + 1]
    kinds[index] = opening["kind"]
    shift = len(data) - (end - start)
    starts = tokens.starts[: index + 1] + tuple(at + shift for at in tokens.starts[index + 1 :])
    return page[:start] + data + page[end:], TokenList(bytes(kinds), starts)
