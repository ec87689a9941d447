"""Faults of steps: a recorded state that does not follow from the page and the steps before it.

Sums that run along the steps are checked everywhere. The lexer's state is checked up to the first step where it differs
from the one that the page and the committed output give: all is right before it, so the fault is between it and its
neighbour, and whatever comes behind may rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from core_ext import ATTESTED
from core_ext.constants import (
    ATTESTED_TEXT,
    CDATA_OK,
    FOREIGN,
    NO_PARENT,
    PIECE_BYTES,
    PRESERVE,
)
from services.chain.claim import Claim
from services.harvest.evidence import Evidence, Step, unpack_step
from services.verifier.finding import Fault, Finding

# What of a step's flags says where it is, rather than what came right before it.
PLACE = FOREIGN | PRESERVE | CDATA_OK


def step_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """What proveStep and proveNest accept, the sums first."""
    yield from _ends(claim, evidence)
    yield from _running(evidence)
    yield from _states(evidence)


def _ends(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    first, last = evidence.step(0), len(evidence.source) - 1
    for name, right in (("depth", 0), ("parent", NO_PARENT), ("out", 0), ("attested", 0)):
        value = getattr(first, name)
        if value != right:
            yield _finding(evidence, 0, f"the first step says {name} {value}", value, right)
    out, attested = _after(evidence, last)
    if out != claim.m:
        yield _finding(evidence, last, "the steps give another number of optimized tokens", claim.m, out)
    if attested != claim.attested_bytes % 2**32 or claim.attested_bytes >= 2**32:
        words = "the steps give another number of attested bytes"
        yield _finding(evidence, last, words, claim.attested_bytes, attested)


def _running(evidence: Evidence) -> Iterator[Finding]:
    for index in range(1, len(evidence.source)):
        step = evidence.step(index)
        out, attested = _after(evidence, index - 1)
        for name, value, right in (("out", step.out, out), ("attested", step.attested, attested)):
            if value != right:
                yield _finding(evidence, index, f"step {index} says {name} {value}", value, right)


def _after(evidence: Evidence, index: int) -> tuple[int, int]:
    """`out` and `attested` behind a step."""
    step = evidence.step(index)
    attested = step.attested
    if step.rule in ATTESTED:
        size = evidence.source.starts[index + 1] - evidence.source.starts[index]
        attested += size - len(_emitted(evidence, step))
    return step.out + step.emits, attested % 2**32


def _emitted(evidence: Evidence, step: Step) -> bytes:
    if not step.emits or step.out >= len(evidence.output):
        return b""
    return evidence.output.slice(evidence.optimized, step.out)


def _states(evidence: Evidence) -> Iterator[Finding]:
    tokens = core_ext.lex(evidence.page)
    cut = _first_other_cut(evidence, tokens)
    steps = _right_steps(evidence, tokens, cut)
    for index in range(min(cut + 1, len(evidence.source), tokens.count)):
        here = evidence.step(index)
        right = unpack_step(steps, index)
        if (here.flags, here.depth, here.parent) == (right.flags, right.depth, right.parent):
            continue
        names = [name for name in ("flags", "depth", "parent") if getattr(here, name) != getattr(right, name)]
        told = ", ".join(f"{name} {getattr(here, name)}" for name in names)
        words = f"step {index} says {told}, which does not follow from the step before"
        expected = ", ".join(f"{name} {getattr(right, name)}" for name in names)
        is_nested = here.depth != right.depth or here.parent != right.parent or (here.flags ^ right.flags) & PLACE
        offset = evidence.source.starts[index]
        if is_nested:
            yield Finding(Fault.NEST, index, words, told, expected, offset)
        yield Finding(Fault.STEP, index, words, told, expected, offset)
        return
    if cut < len(evidence.source):
        words = f"source token {cut} ends elsewhere than the lexer ends it, or is of another kind"
        start, end = evidence.source.starts[cut : cut + 2]
        told = f"{end - start} bytes, kind {evidence.source.kinds[cut]}"
        due = f"{tokens.starts[cut + 1] - start} bytes, kind {tokens.kinds[cut]}" if cut < tokens.count else ""
        yield Finding(Fault.STEP, cut, words, told, due, start)


def _first_other_cut(evidence: Evidence, tokens: core_ext.Tokens) -> int:
    """The first token that the lexer cuts otherwise; the number of tokens if there is none."""
    kinds, starts = bytes(tokens.kinds), tokens.starts
    for index in range(min(len(evidence.source), tokens.count)):
        if kinds[index] != evidence.source.kinds[index] or starts[index + 1] != evidence.source.starts[index + 1]:
            return index
    return min(len(evidence.source), tokens.count)


def _right_steps(evidence: Evidence, tokens: core_ext.Tokens, cut: int) -> bytes:
    """Every step's state, given what the steps before it emit: by which rule they do does not matter for it."""
    rules, emitted = bytearray(tokens.count), {}
    for index in range(cut):
        step = evidence.step(index)
        data = _emitted(evidence, step)
        if data == evidence.source.slice(evidence.page, index):
            continue
        rules[index] = ATTESTED_TEXT
        if data and len(data) <= PIECE_BYTES:
            emitted[index] = data
    return bytes(core_ext.trace(evidence.page, tokens, bytes(rules), emitted).steps)


def _finding(evidence: Evidence, index: int, words: str, claimed: int, right: int) -> Finding:
    return Finding(Fault.STEP, index, words, str(claimed), str(right), evidence.source.starts[index])
