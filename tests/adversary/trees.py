"""Trees with anything in them: leaves of another size than they say, sums that do not add up, padding that is none.

The liar that built them can open every node truthfully, or keep it to itself; hashes are right, as anything else would
be refused by the contract at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core_ext import keccak256
from services.harvest.evidence import Evidence
from services.harvest.place import Part, Place

Leaf = tuple[int, int, bytes | None]  # kind, size, bytes; None: padding
PADDING: Leaf = (0, 0, None)


def leaf_hash(leaf: Leaf) -> bytes:
    kind, size, data = leaf
    data_hash = bytes(32) if data is None else keccak256(data)
    return keccak256(b"\0" + bytes([kind]) + size.to_bytes(4, "big") + data_hash)


@dataclass
class LyingSumTree:
    """A sum tree of 2^depth leaves. `sums` overrides what a node (height, index) is told to sum to by its parent."""

    leaves: list[Leaf]
    sums: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.depth = (len(self.leaves) - 1).bit_length()
        self.leaves += [PADDING] * ((1 << self.depth) - len(self.leaves))
        level = [(leaf_hash(leaf), self._sum(0, i, leaf[1])) for i, leaf in enumerate(self.leaves)]
        self.levels = [level]
        for height in range(1, self.depth + 1):
            pairs = [(level[i], level[i + 1]) for i in range(0, len(level), 2)]
            level = [
                (keccak256(b"\1" + a + x.to_bytes(8, "big") + b + y.to_bytes(8, "big")), self._sum(height, i, x + y))
                for i, ((a, x), (b, y)) in enumerate(pairs)
            ]
            self.levels.append(level)

    def _sum(self, height: int, index: int, right: int) -> int:
        return self.sums.get((height, index), right) % 2**64

    @property
    def root(self) -> bytes:
        return self.levels[-1][0][0]

    @property
    def total(self) -> int:
        return self.levels[-1][0][1]

    def open(self, place: Place) -> dict[str, Any]:
        """A TokenOpening or SumOpening, by the contract's names."""
        beside = [self.levels[h][(place.index >> (h - place.height)) ^ 1] for h in range(place.height, self.depth)]
        path = {"siblings": [node for node, _ in beside], "sums": [total for _, total in beside]}
        if place.height == 0:
            kind, size, data = self.leaves[place.index]
            return {"index": place.index, "kind": kind, "size": size, "data": data or b"", **path}
        left, right = self.levels[place.height - 1][2 * place.index : 2 * place.index + 2]
        return {
            "height": place.height,
            "index": place.index,
            "kind": 0,
            "size": 0,
            "dataHash": bytes(32),
            "left": left[0],
            "leftSum": left[1],
            "right": right[0],
            "rightSum": right[1],
            **path,
        }


@dataclass
class LyingStepTree:
    """A step tree of packed records, padding included."""

    records: list[bytes]

    def __post_init__(self) -> None:
        self.depth = (len(self.records) - 1).bit_length()
        self.records += [bytes(len(self.records[0]))] * ((1 << self.depth) - len(self.records))
        self.levels = [[keccak256(b"\2" + record) for record in self.records]]
        while len(self.levels[-1]) > 1:
            level = self.levels[-1]
            self.levels.append([keccak256(b"\3" + level[i] + level[i + 1]) for i in range(0, len(level), 2)])

    @property
    def root(self) -> bytes:
        return self.levels[-1][0]

    def open(self, place: Place) -> dict[str, Any]:
        """A StepOpening or StepNodeOpening, by the contract's names."""
        beside = [self.levels[h][(place.index >> (h - place.height)) ^ 1] for h in range(place.height, self.depth)]
        if place.height:
            left, right = self.levels[place.height - 1][2 * place.index : 2 * place.index + 2]
            node = {"height": place.height, "index": place.index, "left": left, "right": right}
            return {**node, "siblings": beside}
        from services.harvest.evidence import _STEP, Step

        values = _STEP.unpack(self.records[place.index])
        return {"index": place.index, **dict(zip(Step.__slots__, values, strict=True)), "siblings": beside}


@dataclass
class Trees:
    """The three trees of a claim, with their openings by place."""

    source: LyingSumTree
    optimized: LyingSumTree
    steps: LyingStepTree

    def open(self, place: Place) -> dict[str, Any]:
        tree = (self.source, self.optimized, self.steps)[place.part]
        return tree.open(place)


def leaves_of(evidence: Evidence, part: Part) -> list[Leaf]:
    tokens, page = (evidence.source, evidence.page) if part is Part.SOURCE else (evidence.output, evidence.optimized)
    slices = (tokens.slice(page, i) for i in range(len(tokens)))
    return [(kind, len(data), data) for kind, data in zip(tokens.kinds, slices, strict=True)]


def records_of(evidence: Evidence) -> list[bytes]:
    size = len(evidence.steps) // len(evidence.source)
    return [evidence.steps[i : i + size] for i in range(0, len(evidence.steps), size)]
