"""Golden vectors of the encodings and the trees, made by the slow oracle from fixed bytes: nothing is random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reference import (
    PADDING,
    Leaf,
    StepTree,
    SumTree,
    keccak256,
    leaf_hash,
    node_hash,
    pack_step,
    step_hash,
    step_node_hash,
    token_leaf,
)

# Around the sponge's rate of 136 bytes, and the longest piece of a token.
_KECCAK_LENGTHS = (0, 1, 3, 31, 32, 64, 81, 135, 136, 137, 271, 272, 273, 1023, 1024)
_LEAF_COUNTS = (1, 2, 3, 4, 5, 7, 8, 9, 17)
_LARGEST_SUM = 2**64 - 1


def patterned(length: int, start: int = 0) -> bytes:
    """Bytes that repeat nowhere near."""
    return bytes((start + i * 7 + i // 256) % 256 for i in range(length))


def encodings() -> dict[str, Any]:
    """One entry per hashed form, at the ends of its ranges."""
    one, two = keccak256(b"left"), keccak256(b"right")
    return {
        "keccak": [{"data": _hex(patterned(n)), "hash": _hex(keccak256(patterned(n)))} for n in _KECCAK_LENGTHS],
        "leaves": [_leaf(leaf) for leaf in _some_leaves()],
        "nodes": [
            {
                "left": _hex(left),
                "leftSum": str(left_sum),
                "right": _hex(right),
                "rightSum": str(right_sum),
                "hash": _hex(node_hash(left, left_sum, right, right_sum)),
            }
            for left, left_sum, right, right_sum in (
                (one, 0, two, 0),
                (one, 1, two, 2),
                (two, 1, one, 2),
                (one, 2, two, 1),
                (one, _LARGEST_SUM, two, _LARGEST_SUM),
                (bytes(32), 3, bytes(32), 0),
            )
        ],
        "steps": [
            {
                "rule": record[0],
                "emits": record[1],
                "flags": record[2],
                "depth": record[3],
                "parent": record[4],
                "out": record[5],
                "attested": record[6],
                "hash": _hex(step_hash(pack_step(*record))),
            }
            for record in _some_records()
        ],
        "stepNodes": [
            {"left": _hex(left), "right": _hex(right), "hash": _hex(step_node_hash(left, right))}
            for left, right in ((one, two), (two, one), (bytes(32), bytes(32)))
        ],
    }


def trees() -> dict[str, Any]:
    """Small trees of every shape near a power of two, with each leaf's path."""
    return {
        "sumTrees": [
            _sum_tree([token_leaf(1 + i % 8, patterned(1 + i * i, i)) for i in range(n)]) for n in _LEAF_COUNTS
        ],
        "stepTrees": [_step_tree([pack_step(i % 3, 1, i, i, i, i, i) for i in range(n)]) for n in _LEAF_COUNTS],
    }


def _some_leaves() -> list[Leaf]:
    longest = 2**32 - 1
    return [
        PADDING,
        *(token_leaf(1 + n % 8, patterned(n)) for n in (1, 2, 100, 1024)),
        Leaf(255, longest, b"\xff" * 32),
    ]


def _some_records() -> list[tuple[int, int, int, int, int, int, int]]:
    none = 2**32 - 1
    return [
        (0, 0, 0, 0, 0, 0, 0),
        (0, 1, 0, 0, none, 0, 0),
        (1, 0, 5, 3, 17, 16, 15),
        (255, 255, 2**16 - 1, 2**16 - 1, none, none, none),
    ]


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {"kind": leaf.kind, "size": leaf.size, "dataHash": _hex(leaf.data_hash), "hash": _hex(leaf_hash(leaf))}


def _sum_tree(leaves: Sequence[Leaf]) -> dict[str, Any]:
    tree = SumTree(leaves)
    return {
        "root": _hex(tree.root),
        "total": tree.total,
        "depth": tree.depth,
        "count": tree.count,
        "paths": [
            {
                "leaf": _hex(leaf_hash(leaf)),
                "size": leaf.size,
                "index": i,
                "siblings": [_hex(sibling) for sibling, _ in tree.path(i)],
                "sums": [total for _, total in tree.path(i)],
            }
            for i, leaf in enumerate(leaves)
        ],
        "leaves": [_leaf(leaf) for leaf in leaves],
    }


def _step_tree(records: Sequence[bytes]) -> dict[str, Any]:
    tree = StepTree(b"".join(records))
    return {
        "root": _hex(tree.root),
        "depth": tree.depth,
        "count": tree.count,
        "steps": [_hex(record) for record in records],
        "paths": [
            {"leaf": _hex(step_hash(record)), "index": i, "siblings": [_hex(sibling) for sibling in tree.path(i)]}
            for i, record in enumerate(records)
        ],
    }


def _hex(data: bytes) -> str:
    return "0x" + data.hex()
