"""Proofs about neighbouring steps: what proveStep and proveNest take, in every way that could show a fault.

Which of them does is for the contract to say: a call that shows no fault is refused for nothing, before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import core_ext
from core_ext import ATTESTED
from core_ext.constants import STATE_MASK
from services.chain import Claim
from services.harvest.evidence import Evidence, Step
from services.harvest.openings import Opening, Openings

# An end tag closes the nearest open element of its name among so many.
MOST_OPEN = 256


def step_calls(functions: Any, claim: Claim, openings: Openings, index: int) -> Iterator[Any]:
    """proveStep of a step alone, of the step with its predecessor, and with its successor."""
    words, step, evidence = claim.as_tuple(), openings.evidence.step(index), openings.evidence
    is_attested = step.rule in ATTESTED and index == len(evidence.source) - 1
    sources = [openings.source(index)] if is_attested else []
    yield functions.proveStep(words, (sources, [openings.step(index)], _output(openings, step), [], []))
    for last in (index, index + 1):
        if 0 < last < len(evidence.source):
            sources, steps = _run(openings, last)
            before = evidence.step(last - 1)
            run: tuple[list[Opening], ...] = (
                sources,
                steps,
                _output(openings, before),
                _parent(openings, last - 1),
                [],
            )
            yield functions.proveStep(words, run)


def nest_calls(functions: Any, claim: Claim, openings: Openings, index: int) -> Iterator[Any]:
    """proveNest of a step and its parent, of a parent that is closed already, and of what a tag closes."""
    words, evidence = claim.as_tuple(), openings.evidence
    parent = evidence.step(index).parent
    if parent < len(evidence.source):
        step, above, element = [openings.step(index)], openings.step(parent), openings.source(parent)
        yield functions.proveNest(words, ([], step, [], [element], [above]))
        closing = _closed_at(evidence, parent, index)
        if closing is not None:
            yield functions.proveNest(words, ([], step, [], [], [above, openings.step(closing)]))
    for last in (index, index + 1):
        if 0 < last < len(evidence.source):
            sources, steps = _run(openings, last)
            for opened in _open_elements(evidence, last - 1, steps[0][0]):
                elements, path = [openings.source(each) for each in opened], [openings.step(each) for each in opened]
                yield functions.proveNest(words, (sources, steps, [], elements, path))


def _run(openings: Openings, last: int) -> tuple[list[Opening], list[Opening]]:
    """Tokens and steps from the first piece of the tag before `last`, if it is one in pieces, to `last`."""
    evidence, first = openings.evidence, last - 1
    while first and evidence.source.kinds[first] in (core_ext.START, core_ext.END) and _state(evidence, first):
        first -= 1
    places = range(first, last + 1)
    return [openings.source(place) for place in places], [openings.step(place) for place in places]


def _state(evidence: Evidence, index: int) -> int:
    return evidence.step(index).flags & STATE_MASK


def _output(openings: Openings, step: Step) -> list[Opening]:
    is_there = step.rule in ATTESTED and step.emits and step.out < len(openings.evidence.output)
    return [openings.output(step.out)] if is_there else []


def _parent(openings: Openings, index: int) -> list[Opening]:
    evidence, step = openings.evidence, openings.evidence.step(index)
    is_text = evidence.source.kinds[index] == core_ext.TEXT and step.emits
    return [openings.source(step.parent)] if is_text and step.parent < len(evidence.source) else []


def _closed_at(evidence: Evidence, parent: int, index: int) -> int | None:
    """The first step behind `parent` that is no deeper than it, up to `index`."""
    depth = evidence.step(parent).depth
    behind = range(parent + 1, index + 1)
    return next((each for each in behind if evidence.step(each).depth <= depth and not _state(evidence, each)), None)


def _open_elements(evidence: Evidence, index: int, first: int) -> Iterator[list[int]]:
    """What may be open behind a token, from the innermost outwards, as far as a proof could need it.

    First to the element that an end tag closes, then all, and all within the start tag that the token itself is.
    """
    name = _name(evidence.source.slice(evidence.page, first)[2:])
    chain: list[int] = []
    place = evidence.step(index).parent
    while place < len(evidence.source) and len(chain) < MOST_OPEN:
        chain.append(place)
        above = evidence.step(place).parent
        if above >= place:
            break
        place = above
    names = (_name(evidence.source.slice(evidence.page, each)[1:]) for each in chain)
    closed = next((at for at, each in enumerate(names) if each == name), None)
    if closed is not None:
        yield chain[: closed + 1]
    yield chain
    if evidence.source.kinds[first] == core_ext.START:
        yield [first, *chain]


def _name(tag: bytes) -> bytes:
    """A tag's name in lower case, from the byte behind `<` or `</`."""
    end = next((i for i, byte in enumerate(tag) if byte in b" \t\n\f\r/>"), len(tag))
    return tag[:end].lower()
