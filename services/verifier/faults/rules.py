"""Faults of rules: a step whose rule may not be applied there, or does not give what was emitted."""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from services.chain.claim import Claim
from services.harvest.evidence import Evidence, Step
from services.verifier.finding import Fault, Finding, show


def rule_faults(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """What proveRule accepts, from the page's beginning."""
    permitted = core_ext.RULESETS.get(claim.ruleset, frozenset())
    for index in range(len(evidence.source)):
        wrong = _fault(claim, evidence, index, permitted)
        if wrong is not None:
            words, claimed, right = wrong
            data, rule = evidence.source.slice(evidence.page, index), evidence.step(index).rule
            yield Finding(
                Fault.RULE,
                index,
                f"step {index} (rule {rule} on {show(data)}): {words}",
                claimed,
                right,
                evidence.source.starts[index],
            )


def _fault(claim: Claim, evidence: Evidence, index: int, permitted: frozenset[int]) -> tuple[str, str, str] | None:
    """In words, what the claim says and what is right; None for a step that is as its rule makes it."""
    step, kind = evidence.step(index), evidence.source.kinds[index]
    if step.rule not in permitted:
        return "the rule is not in the claim's rule set", f"rule {step.rule}", f"one of {sorted(permitted)}"
    if step.rule in core_ext.ATTESTED:
        return _attested_fault(claim, evidence, step, kind)
    applied = core_ext.apply_rule(step.rule, kind, step.flags, evidence.source.slice(evidence.page, index))
    if applied is None:
        return "the rule may not be applied to this token in this state", f"rule {step.rule}", "KEEP"
    emits, result = applied
    if step.emits != int(emits):
        return f"it emits {int(emits)} tokens, the trace says {step.emits}", str(step.emits), str(int(emits))
    if not emits:
        return None
    if step.out >= claim.m:
        return "it emits a token beyond the optimized page's end", str(step.out), f"below {claim.m}"
    if step.out >= len(evidence.output):
        return "it emits a token where the optimized page has padding", str(step.out), f"below {len(evidence.output)}"
    found = evidence.output.slice(evidence.optimized, step.out)
    if evidence.output.kinds[step.out] != kind or found != result:
        return f"it gives {show(result)}, the optimized page has {show(found)}", show(found), show(result)
    return None


def _attested_fault(claim: Claim, evidence: Evidence, step: Step, kind: int) -> tuple[str, str, str] | None:
    """An attested rule may put any bytes in place, but one token of the same kind at most."""
    if step.emits > 1:
        return f"it emits {step.emits} tokens; an attested rule emits one at most", str(step.emits), "0 or 1"
    if not step.emits:
        return None
    if step.out >= min(claim.m, len(evidence.output)):
        return "it emits a token beyond the optimized page's end", str(step.out), f"below {claim.m}"
    found = evidence.output.kinds[step.out]
    if found != kind:
        return f"it puts a token of kind {found} in place of one of kind {kind}", f"kind {found}", f"kind {kind}"
    return None
