"""A page, its trees built by core_ext, and the openings that the contracts' proofs take."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import core_ext

STEP = struct.Struct(">BBHHIII")

ClaimTuple = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ProvenPage:
    """A page with the safe rules applied wherever they are allowed."""

    page: bytes
    tokens: core_ext.Tokens
    traced: core_ext.Trace
    source: core_ext.SumTree
    optimized: core_ext.SumTree
    steps: core_ext.StepTree

    def claim(self, prover: str, host: str, path: str) -> ClaimTuple:
        domain_id = core_ext.keccak256(host.encode())
        return (
            prover,
            core_ext.keccak256(domain_id + core_ext.keccak256(path.encode())),
            domain_id,
            self.source.root,
            self.optimized.root,
            self.steps.root,
            self.source.total,
            self.optimized.total,
            self.traced.attested_bytes,
            self.source.count,
            self.optimized.count,
            self.source.depth,
            self.optimized.depth,
            1,
            core_ext.keccak256(self.page),
        )

    def open_source(self, index: int) -> tuple[Any, ...]:
        return _open_token(self.source, index, self.tokens.kinds, self.tokens.starts, self.page)

    def open_optimized(self, index: int) -> tuple[Any, ...]:
        return _open_token(
            self.optimized, index, self.traced.out_kinds, self.traced.out_starts, bytes(self.traced.optimized)
        )

    def open_step(self, index: int) -> tuple[Any, ...]:
        record = self.traced.steps[STEP.size * index : STEP.size * (index + 1)] or bytes(STEP.size)
        return (index, *STEP.unpack(record), self.steps.path(index))

    def open_node(self, tree: core_ext.SumTree, height: int, index: int) -> tuple[Any, ...]:
        left, left_sum, right, right_sum = tree.node(height, index)
        path = tree.path(index << height)[height:]
        siblings, sums = [node for node, _ in path], [total for _, total in path]
        return (height, index, 0, 0, bytes(32), left, left_sum, right, right_sum, siblings, sums)


def prove(page: bytes) -> ProvenPage:
    """Comments dropped and white-space collapsed wherever rule set 1 allows it."""
    tokens = core_ext.lex(page)
    drop = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    collapse = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    rules = bytes(
        core_ext.DROP_COMMENT if drop[i] else core_ext.COLLAPSE_WS if collapse[i] else core_ext.KEEP
        for i in range(tokens.count)
    )
    traced = core_ext.trace(page, tokens, rules)
    return ProvenPage(
        page,
        tokens,
        traced,
        core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, page),
        core_ext.SumTree.from_tokens(traced.out_kinds, traced.out_starts, traced.optimized),
        core_ext.StepTree.from_steps(traced.steps),
    )


def _open_token(tree: core_ext.SumTree, index: int, kinds: bytes, starts: Any, data: bytes) -> tuple[Any, ...]:
    path = tree.path(index)
    siblings, sums = [node for node, _ in path], [total for _, total in path]
    if index >= tree.count:
        return (index, 0, 0, b"", siblings, sums)
    token = data[starts[index] : starts[index + 1]]
    return (index, kinds[index], len(token), token, siblings, sums)
