"""From what differs to which proof shows it: the one place that knows the contracts' proofs by their arguments."""

from __future__ import annotations

from typing import Any

from services.chain import Claim
from services.challenger.step_proofs import nest_calls, step_calls
from services.harvest.openings import NO_TOKEN, Openings
from services.verifier import Fault, Finding, Witness

SOURCE_TREE, OPTIMIZED_TREE = 0, 1


def proof_calls(functions: Any, claim: Claim, openings: Openings, finding: Finding) -> list[Any]:
    """Calls of which one slashes the claim; none when the finding is of no provable kind (it only gets no votes).

    `functions`: of ProofOfOptimization, or of a rule set, whose proofs take the same arguments.
    """
    words, index = claim.as_tuple(), finding.index
    if finding.fault is Fault.SUM:
        which = OPTIMIZED_TREE if finding.is_optimized_tree else SOURCE_TREE
        opening = openings.sums(finding.height, max(index, 0), is_optimized_tree=finding.is_optimized_tree)
        return [functions.proveSum(words, which, opening)]
    if finding.fault is Fault.TOKEN:
        return [functions.proveToken(words, openings.source(index), openings.step(index))]
    if finding.witness is not None:
        prove = functions.proveSelector if finding.fault is Fault.SELECTOR else functions.proveContext
        return [prove(words, _run(openings, finding.witness))]
    if finding.fault is Fault.RULE:
        step = openings.evidence.step(index)
        optimized = openings.output(step.out) if step.emits and step.out < claim.m else NO_TOKEN
        return [functions.proveRule(words, openings.source(index), openings.step(index), optimized)]
    if finding.fault is Fault.STEP and hasattr(functions, "proveStep"):
        return list(step_calls(functions, claim, openings, index))
    if finding.fault is Fault.NEST and hasattr(functions, "proveNest"):
        return list(nest_calls(functions, claim, openings, index))
    return []


def _run(openings: Openings, witness: Witness) -> tuple[list[Any], ...]:
    """What proveContext and proveSelector take."""
    last = openings.evidence.step(witness.steps[-1])
    return (
        [openings.source(index) for index in witness.steps],
        [openings.step(index) for index in witness.steps],
        [openings.output(last.out)] if witness.shows_output else [],
        [openings.source(index) for index in witness.elements],
        [openings.step(index) for index in witness.path],
    )
