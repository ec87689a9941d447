"""From a finding to the contract call that proves it: openings of the committed trees, never of the honest ones."""

from __future__ import annotations

from typing import Any

import core_ext
from services.chain import Chain, Claim
from services.harvest import Evidence
from services.verifier import Fault, Finding

SOURCE_TREE, OPTIMIZED_TREE = 0, 1
_NO_TOKEN: tuple[Any, ...] = (0, 0, 0, b"", [], [])


def proof_call(chain: Chain, claim: Claim, evidence: Evidence, finding: Finding) -> Any | None:
    """The call that slashes the claim, or None when this fault cannot be proven yet (it only gets no votes)."""
    functions = chain["ProofOfOptimization"].functions
    if finding.fault is Fault.SUM:
        tree = evidence.output_tree() if finding.is_optimized_tree else evidence.source_tree()
        which = OPTIMIZED_TREE if finding.is_optimized_tree else SOURCE_TREE
        return functions.proveSum(claim.as_tuple(), which, _open_root(tree, evidence, finding.is_optimized_tree))
    if finding.fault is Fault.TOKEN:
        return functions.proveToken(
            claim.as_tuple(), open_source(evidence, finding.index), open_step(evidence, finding.index)
        )
    if finding.fault is Fault.RULE:
        step = evidence.step(finding.index)
        optimized = open_output(evidence, step.out) if step.emits and step.out < len(evidence.output) else _NO_TOKEN
        return functions.proveRule(
            claim.as_tuple(), open_source(evidence, finding.index), open_step(evidence, finding.index), optimized
        )
    return None


def open_source(evidence: Evidence, index: int) -> tuple[Any, ...]:
    """TokenOpening of a source token."""
    return _open_token(
        evidence.source_tree(), evidence.source.kinds[index], evidence.source.slice(evidence.page, index), index
    )


def open_output(evidence: Evidence, index: int) -> tuple[Any, ...]:
    """TokenOpening of an optimized token."""
    data = evidence.output.slice(evidence.optimized, index)
    return _open_token(evidence.output_tree(), evidence.output.kinds[index], data, index)


def open_step(evidence: Evidence, index: int) -> tuple[Any, ...]:
    """StepOpening of a step record."""
    step = evidence.step(index)
    path = evidence.step_tree().path(index)
    return (index, step.rule, step.emits, step.flags, step.depth, step.parent, step.out, step.attested, path)


def _open_token(tree: core_ext.SumTree, kind: int, data: bytes, index: int) -> tuple[Any, ...]:
    path = tree.path(index)
    return (index, kind, len(data), data, [sibling for sibling, _ in path], [total for _, total in path])


def _open_root(tree: core_ext.SumTree, evidence: Evidence, is_optimized: bool) -> tuple[Any, ...]:
    if tree.depth == 0:
        tokens, page = (evidence.output, evidence.optimized) if is_optimized else (evidence.source, evidence.page)
        data = tokens.slice(page, 0)
        return (0, 0, tokens.kinds[0], len(data), core_ext.keccak256(data), bytes(32), 0, bytes(32), 0, [], [])
    left, left_sum, right, right_sum = tree.node(tree.depth, 0)
    return (tree.depth, 0, 0, 0, bytes(32), left, left_sum, right, right_sum, [], [])
