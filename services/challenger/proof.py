"""From what differs to which proof shows it: the one place that knows the contracts' proofs by their arguments."""

from __future__ import annotations

from typing import Any

from services.chain import Claim
from services.harvest.openings import NO_TOKEN, Openings
from services.verifier import Fault, Finding

SOURCE_TREE, OPTIMIZED_TREE = 0, 1


def proof_call(functions: Any, claim: Claim, openings: Openings, finding: Finding) -> Any | None:
    """The call that slashes the claim, or None when the finding is of no provable kind (it only gets no votes).

    `functions`: of ProofOfOptimization, or of a rule set, whose proofs take the same arguments.
    """
    index = finding.index
    if finding.fault is Fault.SUM:
        which = OPTIMIZED_TREE if finding.is_optimized_tree else SOURCE_TREE
        opening = openings.sums(finding.height, max(index, 0), is_optimized_tree=finding.is_optimized_tree)
        return functions.proveSum(claim.as_tuple(), which, opening)
    if finding.fault is Fault.TOKEN:
        return functions.proveToken(claim.as_tuple(), openings.source(index), openings.step(index))
    if finding.fault is Fault.RULE:
        step = openings.evidence.step(index)
        is_needed = step.emits and step.out < claim.m
        optimized = openings.output(step.out) if is_needed else NO_TOKEN
        return functions.proveRule(claim.as_tuple(), openings.source(index), openings.step(index), optimized)
    return None
