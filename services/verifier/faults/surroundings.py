"""Faults of rules that ask for more than their own token: what stands beside it, and what a style rule matches."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import core_ext
from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.finding import Fault, Finding, Witness, show

# Which tokens a rule asks for, in words.
_BESIDE = {
    core_ext.DROP_WS_TEXT: "the white-space that it drops may show where it stands",
    core_ext.DROP_OPTIONAL_END: "nothing behind the end tag that it drops stands for it",
    core_ext.DROP_UNUSED_RULE: "another piece of the same style rule stays",
}


def neighbour_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """What proveContext accepts, from the page's beginning."""
    if not _uses(evidence, *_BESIDE):
        return
    output = evidence.optimized, array("I", evidence.output.starts)
    for index, first, last, shown, shows_output in core_ext.misplaced(*_columns(evidence), *output):
        rule = evidence.step(index).rule
        if rule not in core_ext.RULESETS.get(claim.ruleset, ()):
            continue  # a simpler fault
        witness = Witness(range(first, last + 1), shown, shown, shows_output)
        words = f"step {index} (rule {rule} on {_token(evidence, index)}): {_BESIDE[rule]}"
        yield Finding(Fault.RULE, index, words, f"rule {rule}", "KEEP", evidence.source.starts[index], witness=witness)


def selector_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """What proveSelector accepts, from the page's beginning."""
    rule = core_ext.DROP_UNUSED_RULE
    if rule not in core_ext.RULESETS.get(claim.ruleset, ()) or not _uses(evidence, rule):
        return
    for index, elements in core_ext.matched(*_columns(evidence)):
        offset = evidence.source.starts[index]
        dropped = f"step {index} drops {_token(evidence, index)}"
        if not elements:
            words = f"{dropped}, and the page is too large to tell whether it matches"
            yield Finding(Fault.EVIDENCE, index, words, offset=offset)
            continue
        path = [elements[0]]
        while path[-1] != elements[-1]:
            path.append(evidence.step(path[-1]).parent)
        words = f"{dropped}, which matches {_token(evidence, elements[0])}, token {elements[0]}"
        witness = Witness(range(index, index + 1), elements, tuple(path))
        yield Finding(Fault.SELECTOR, index, words, f"rule {rule}", "KEEP", offset, witness=witness)


def _uses(evidence: Evidence, *rules: int) -> bool:
    return any(rule in evidence.rules for rule in rules)


def _columns(evidence: Evidence) -> tuple[bytes, bytes, array[int], bytes]:
    return evidence.page, evidence.source.kinds, array("I", evidence.source.starts), evidence.steps


def _token(evidence: Evidence, index: int) -> str:
    return show(evidence.source.slice(evidence.page, index))
