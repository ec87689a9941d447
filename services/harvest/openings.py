"""Openings: leaves and nodes of the trees that a claim committed to, with their paths, as the contracts take them.

Always of the committed trees, never of the honest ones: else no path would lead to the claim's roots.
"""

from __future__ import annotations

from typing import Any

import core_ext
from services.harvest.evidence import Evidence, TokenList
from services.harvest.place import Part

Opening = tuple[Any, ...]
NO_TOKEN: Opening = (0, 0, 0, b"", [], [])


class Openings:
    """The three trees of one bundle, built once."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._source = evidence.source_tree()
        self._output = evidence.output_tree()
        self._steps = evidence.step_tree()

    def source(self, index: int) -> Opening:
        """TokenOpening of a leaf of S; padding from the page's end on."""
        return _token(self._source, self.evidence.source, self.evidence.page, index)

    def output(self, index: int) -> Opening:
        """TokenOpening of a leaf of O; padding from the page's end on."""
        return _token(self._output, self.evidence.output, self.evidence.optimized, index)

    def step(self, index: int) -> Opening:
        """StepOpening of a leaf of T; padding from the last step on."""
        step = self.evidence.step(min(index, len(self.evidence.source) - 1))
        is_padding = index >= len(self.evidence.source)
        fields = [0 if is_padding else getattr(step, name) for name in step.__slots__]
        return (index, *fields, self._steps.path(index))

    def node(self, part: Part, height: int, index: int) -> tuple[bytes, int] | None:
        """Hash and sum (0 in T) of a leaf or node; None where the bundle's tree is not that deep."""
        if part is Part.STEPS:
            steps = self._steps
            if height > steps.depth:
                return None
            return (steps.path((index ^ 1) << height)[height] if height < steps.depth else steps.root), 0
        tree = self._output if part is Part.OPTIMIZED else self._source
        if height > tree.depth:
            return None
        if height == tree.depth:
            return tree.root, tree.total
        left, left_sum, right, right_sum = tree.node(height + 1, index >> 1)
        return (right, right_sum) if index & 1 else (left, left_sum)

    def step_node(self, height: int, index: int) -> Opening:
        """StepNodeOpening of an inner node of T."""
        left_leaf, right_leaf = 2 * index << height - 1, 2 * index + 1 << height - 1
        beside = self._steps.path(left_leaf)
        # A child stands beside its sibling's path.
        return (height, index, self._steps.path(right_leaf)[height - 1], beside[height - 1], beside[height:])

    def sums(self, height: int, index: int, *, is_optimized_tree: bool) -> Opening:
        """SumOpening of a leaf (height 0) or an inner node of S or O."""
        tree = self._output if is_optimized_tree else self._source
        path = tree.path(index << height)[height:]
        beside = ([node for node, _ in path], [total for _, total in path])
        if height:
            return (height, index, 0, 0, bytes(32), *tree.node(height, index), *beside)
        evidence = self.evidence
        tokens, page = (evidence.output, evidence.optimized) if is_optimized_tree else (evidence.source, evidence.page)
        kind, data, data_hash = _leaf(tokens, page, index)
        return (0, index, kind, len(data), data_hash, bytes(32), 0, bytes(32), 0, *beside)


def _leaf(tokens: TokenList, page: bytes, index: int) -> tuple[int, bytes, bytes]:
    if index >= len(tokens):
        return 0, b"", bytes(32)
    data = tokens.slice(page, index)
    return tokens.kinds[index], data, core_ext.keccak256(data)


def _token(tree: core_ext.SumTree, tokens: TokenList, page: bytes, index: int) -> Opening:
    kind, data, _ = _leaf(tokens, page, index)
    path = tree.path(index)
    return (index, kind, len(data), data, [sibling for sibling, _ in path], [total for _, total in path])
