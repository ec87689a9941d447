"""The slow oracle of the trees: keccak-256, leaves, nodes, roots and paths, each as docs/PROTOCOL.md words it.

Pure Python, nothing shared with core_ext, nothing fast. The other parts are reference_lexer.py and reference_rules.py.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

# FIPS 202, 3.2.5: what iota adds in each round.
_ROUND_CONSTANTS = (
    0x0000000000000001,
    0x0000000000008082,
    0x800000000000808A,
    0x8000000080008000,
    0x000000000000808B,
    0x0000000080000001,
    0x8000000080008081,
    0x8000000000008009,
    0x000000000000008A,
    0x0000000000000088,
    0x0000000080008009,
    0x000000008000000A,
    0x000000008000808B,
    0x800000000000008B,
    0x8000000000008089,
    0x8000000000008003,
    0x8000000000008002,
    0x8000000000000080,
    0x000000000000800A,
    0x800000008000000A,
    0x8000000080008081,
    0x8000000000008080,
    0x0000000080000001,
    0x8000000080008008,
)
_LANE = (1 << 64) - 1
_RATE_BYTES = 136


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of S or O. `data_hash` is keccak-256 of the token's bytes, or 32 zero bytes for padding."""

    kind: int
    size: int
    data_hash: bytes


PADDING = Leaf(0, 0, bytes(32))
STEP_BYTES = 18


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding of the original submission (01)."""
    padded = bytearray(data)
    padded += bytes(_RATE_BYTES - len(data) % _RATE_BYTES)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE_BYTES):
        for i, lane in enumerate(struct.unpack_from("<17Q", padded, start)):
            lanes[i] ^= lane
        lanes = _permute(lanes)
    return struct.pack("<4Q", *lanes[:4])


def _permute(lanes: list[int]) -> list[int]:
    """Keccak-f[1600], FIPS 202, 3.3. Lane (x, y) is lanes[x + 5y]."""
    for constant in _ROUND_CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        effect = [columns[x - 1] ^ _rotate(columns[(x + 1) % 5], 1) for x in range(5)]
        lanes = [lane ^ effect[i % 5] for i, lane in enumerate(lanes)]
        moved = [0] * 25
        moved[0] = lanes[0]
        x, y = 1, 0
        for t in range(24):
            moved[y + 5 * ((2 * x + 3 * y) % 5)] = _rotate(lanes[x + 5 * y], (t + 1) * (t + 2) // 2)
            x, y = y, (2 * x + 3 * y) % 5
        lanes = [
            moved[i] ^ (~moved[(i + 1) % 5 + i // 5 * 5] & moved[(i + 2) % 5 + i // 5 * 5] & _LANE) for i in range(25)
        ]
        lanes[0] ^= constant
    return lanes


def _rotate(lane: int, bits: int) -> int:
    bits %= 64
    return (lane << bits | lane >> (64 - bits)) & _LANE


def leaf_hash(leaf: Leaf) -> bytes:
    """Leaf of S or O."""
    return keccak256(struct.pack(">BBI", 0x00, leaf.kind, leaf.size) + leaf.data_hash)


def node_hash(left: bytes, left_sum: int, right: bytes, right_sum: int) -> bytes:
    """Node of S or O."""
    return keccak256(b"\x01" + left + struct.pack(">Q", left_sum) + right + struct.pack(">Q", right_sum))


def step_hash(step: bytes) -> bytes:
    """Leaf of T, from a packed record of 18 bytes."""
    if len(step) != STEP_BYTES:
        raise ValueError(f"a step has {STEP_BYTES} bytes, not {len(step)}")
    return keccak256(b"\x02" + step)


def step_node_hash(left: bytes, right: bytes) -> bytes:
    """Node of T."""
    return keccak256(b"\x03" + left + right)


def pack_step(rule: int, emits: int, flags: int, depth: int, parent: int, out: int, attested: int) -> bytes:
    """A step record, big-endian."""
    return struct.pack(">BBHHIII", rule, emits, flags, depth, parent, out, attested)


def unpack_step(record: bytes) -> tuple[int, ...]:
    """The fields of a step record."""
    return struct.unpack(">BBHHIII", record)


def token_leaf(kind: int, data: bytes) -> Leaf:
    return Leaf(kind, len(data), keccak256(data))


def depth_of(count: int) -> int:
    """Levels of the smallest perfect binary tree with `count` leaves, at least one."""
    depth = 0
    while 1 << depth < count:
        depth += 1
    return depth


class SumTree:
    """S or O: `levels[h][i]` is (hash, sum) of node i at height h."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.count = len(leaves)
        self.depth = depth_of(self.count)
        padded = [*leaves, *[PADDING] * ((1 << self.depth) - self.count)]
        self.levels = [[(leaf_hash(leaf), leaf.size) for leaf in padded]]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([_join(below[i], below[i + 1]) for i in range(0, len(below), 2)])

    @property
    def root(self) -> bytes:
        return self.levels[-1][0][0]

    @property
    def total(self) -> int:
        return self.levels[-1][0][1]

    def path(self, index: int) -> list[tuple[bytes, int]]:
        """What stands beside leaf `index` and above it, bottom-up."""
        return [self.levels[height][index >> height ^ 1] for height in range(self.depth)]

    def node(self, height: int, index: int) -> tuple[bytes, int, bytes, int]:
        """Both children of a node above the leaves."""
        left, right = self.levels[height - 1][2 * index : 2 * index + 2]
        return (*left, *right)


def _join(left: tuple[bytes, int], right: tuple[bytes, int]) -> tuple[bytes, int]:
    return node_hash(*left, *right), left[1] + right[1]


class StepTree:
    """T over packed step records, as deep as S."""

    def __init__(self, steps: bytes) -> None:
        self.count = len(steps) // STEP_BYTES
        self.depth = depth_of(self.count)
        records = [steps[i : i + STEP_BYTES] for i in range(0, len(steps), STEP_BYTES)]
        records += [bytes(STEP_BYTES)] * ((1 << self.depth) - self.count)
        self.levels = [[step_hash(record) for record in records]]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([step_node_hash(below[i], below[i + 1]) for i in range(0, len(below), 2)])

    @property
    def root(self) -> bytes:
        return self.levels[-1][0]

    def path(self, index: int) -> list[bytes]:
        return [self.levels[height][index >> height ^ 1] for height in range(self.depth)]


def root_from_path(leaf: bytes, total: int, index: int, path: Sequence[tuple[bytes, int]]) -> tuple[bytes, int]:
    """Root and total of S or O that a leaf at `index` leads to."""
    node = (leaf, total)
    for height, beside in enumerate(path):
        node = _join(beside, node) if index >> height & 1 else _join(node, beside)
    return node


def step_root_from_path(leaf: bytes, index: int, path: Sequence[bytes]) -> bytes:
    """Root of T that a leaf at `index` leads to."""
    node = leaf
    for height, beside in enumerate(path):
        node = step_node_hash(beside, node) if index >> height & 1 else step_node_hash(node, beside)
    return node


def root_from_multipath(
    leaves: dict[int, tuple[bytes, int]], depth: int, beside: Sequence[tuple[bytes, int]]
) -> tuple[bytes, int]:
    """Root and total of S or O that several leaves, by index, lead to; a node beside them comes once."""
    nodes, rest = dict(leaves), list(beside)
    for _ in range(depth):
        missing = [index ^ 1 for index in sorted(nodes) if index ^ 1 not in nodes]
        nodes |= {index: rest.pop(0) for index in missing}
        nodes = {index >> 1: _join(nodes[index], nodes[index + 1]) for index in nodes if index % 2 == 0}
    if rest:
        raise ValueError(f"{len(rest)} nodes lead nowhere")
    return nodes[0]
