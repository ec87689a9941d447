"""Recomputes a claim from its evidence and finds what is wrong with it, if anything.

The honest claim of a page is unique given the rules applied, so one comparison settles the honest case; only a claim
that differs is searched for the fault, cheapest proof first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import core_ext
from core_ext import ATTESTED, STEP_BYTES
from optimizer.encoding import detect
from optimizer.errors import OptimizerError
from services.chain.claim import Claim
from services.harvest.evidence import Evidence, Step


class Fault(IntEnum):
    """Kinds of provable fault, numbered as in the contract; EVIDENCE is a bundle that is not what was committed."""

    SUM = 0
    TOKEN = 1
    STEP = 2
    NEST = 3
    RULE = 4
    SELECTOR = 5
    EVIDENCE = 255


# Encodings (WHATWG names) that reuse ASCII bytes for other characters; docs/PROTOCOL.md, section 8.
NOT_ASCII = frozenset({"utf-16le", "utf-16be", "iso-2022-jp", "replacement"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its kind, the source token it is at (-1: the claim as a whole), and what is wrong in words."""

    fault: Fault
    index: int
    words: str
    # SUM: whether the optimized tree's total is the one that differs.
    is_optimized_tree: bool = False


def recompute(claim: Claim, evidence: Evidence) -> Finding | None:
    """The first fault of a claim, or None if every root and figure is what the page and its rules give."""
    if _is_honest(claim, evidence):
        return _encoding_fault(evidence.page)
    return next(_findings(claim, evidence))


def _encoding_fault(page: bytes) -> Finding | None:
    """The rules speak of bytes: they say nothing of a page whose ASCII bytes may stand for other characters."""
    try:
        encoding = detect(page).name
    except OptimizerError:
        return None
    if encoding in NOT_ASCII:
        return Finding(Fault.EVIDENCE, -1, f"the page is in {encoding}, where the rules are not proven")
    return None


def _is_honest(claim: Claim, evidence: Evidence) -> bool:
    try:
        proof = core_ext.prove(evidence.page, evidence.rules, claim.ruleset, evidence.replacements)
    except (core_ext.RuleViolation, ValueError):
        return False
    return (
        (proof.src, proof.opt, proof.trace) == (claim.src, claim.opt, claim.trace)
        and (proof.src_bytes, proof.opt_bytes) == (claim.src_bytes, claim.opt_bytes)
        and proof.attested_bytes == claim.attested_bytes
        and (proof.n, proof.m) == (claim.n, claim.m)
        and (proof.depth_s, proof.depth_o) == (claim.depth_s, claim.depth_o)
        and proof.optimized == evidence.optimized
    )


def _findings(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    yield from _roots(claim, evidence)
    yield from _totals(claim, evidence)
    yield from _tokens(evidence)
    yield from _rules(claim, evidence)
    yield from _states(evidence)
    yield Finding(
        Fault.STEP, -1, "the claim differs from what its page and rules give, in a way this version cannot locate"
    )


def _roots(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A bundle that does not hash to the claim proves nothing: not an honest claim, and not a proof against it."""
    source, output, steps = evidence.source_tree(), evidence.output_tree(), evidence.step_tree()
    for name, computed, claimed in (
        ("source tree S", source.root, claim.src),
        ("optimized tree O", output.root, claim.opt),
        ("step tree T", steps.root, claim.trace),
    ):
        if computed != claimed:
            yield Finding(
                Fault.EVIDENCE, -1, f"the {name} of the bundle has root 0x{computed.hex()}, not the claimed one"
            )
    if (source.count, output.count) != (claim.n, claim.m):
        yield Finding(Fault.EVIDENCE, -1, "the bundle has other token counts than the claim")


def _totals(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    for is_optimized, name, total, claimed in (
        (False, "source", evidence.source_tree().total, claim.src_bytes),
        (True, "optimized", evidence.output_tree().total, claim.opt_bytes),
    ):
        if total != claimed:
            words = f"the {name} page has {total} bytes by its own sum tree, the claim says {claimed}"
            yield Finding(Fault.SUM, -1, words, is_optimized)


def _tokens(evidence: Evidence) -> Iterator[Finding]:
    for index, kind in enumerate(evidence.source.kinds):
        data = evidence.source.slice(evidence.page, index)
        if not core_ext.is_token(kind, evidence.step(index).flags, data):
            yield Finding(Fault.TOKEN, index, f"source token {index} is not one token of kind {kind}: {_show(data)}")


def _rules(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    permitted = core_ext.RULESETS.get(claim.ruleset, frozenset())
    for index, kind in enumerate(evidence.source.kinds):
        step = evidence.step(index)
        data = evidence.source.slice(evidence.page, index)
        wrong = rule_fault(evidence, index, kind, data, permitted)
        if wrong:
            yield Finding(Fault.RULE, index, f"step {index} (rule {step.rule} on {_show(data)}): {wrong}")


def rule_fault(evidence: Evidence, index: int, kind: int, data: bytes, permitted: frozenset[int]) -> str | None:
    """What is wrong with the rule at a step, in words, or None."""
    step = evidence.step(index)
    if step.rule not in permitted:
        return "the rule is not in the claim's rule set"
    if step.rule in ATTESTED:
        return _attested_fault(evidence, step, kind)
    applied = core_ext.apply_rule(step.rule, kind, step.flags, data)
    if applied is None:
        return "the rule may not be applied to this token in this state"
    emits, result = applied
    if step.emits != emits:
        return f"it emits {emits} tokens, the trace says {step.emits}"
    if not emits:
        return None
    if step.out >= len(evidence.output):
        return "it emits a token beyond the optimized page's end"
    if evidence.output.kinds[step.out] != kind or evidence.output.slice(evidence.optimized, step.out) != result:
        found = evidence.output.slice(evidence.optimized, step.out)
        return f"it gives {_show(result)}, the optimized page has {_show(found)}"
    return None


def _attested_fault(evidence: Evidence, step: Step, kind: int) -> str | None:
    """An attested rule may put any bytes in place, but one token of the same kind at most."""
    if step.emits > 1:
        return f"it emits {step.emits} tokens; an attested rule emits one at most"
    if not step.emits:
        return None
    if step.out >= len(evidence.output):
        return "it emits a token beyond the optimized page's end"
    if evidence.output.kinds[step.out] != kind:
        return f"it puts a token of kind {evidence.output.kinds[step.out]} in place of one of kind {kind}"
    return None


def _states(evidence: Evidence) -> Iterator[Finding]:
    tokens = core_ext.lex(evidence.page)
    if bytes(tokens.kinds) != evidence.source.kinds or tuple(tokens.starts) != evidence.source.starts:
        index = next(
            (
                i
                for i, pair in enumerate(zip(tokens.starts, evidence.source.starts, strict=False))
                if pair[0] != pair[1]
            ),
            min(len(tokens.kinds), len(evidence.source)),
        )
        yield Finding(Fault.STEP, index, f"the source page is cut into tokens otherwise from token {index} on")
        return
    try:
        honest = bytes(core_ext.trace(evidence.page, tokens, evidence.rules, evidence.replacements).steps)
    except core_ext.RuleViolation as violation:
        yield Finding(Fault.STEP, -1, f"the trace cannot be rebuilt: {violation}")
        return
    for index in range(len(evidence.source)):
        here = slice(index * STEP_BYTES, (index + 1) * STEP_BYTES)
        if honest[here] != evidence.steps[here]:
            yield Finding(Fault.STEP, index, f"step {index} records another state than the page gives")


def _show(data: bytes, limit: int = 40) -> str:
    text = data[:limit].decode("utf-8", "backslashreplace")
    return repr(text) + ("..." if len(data) > limit else "")
