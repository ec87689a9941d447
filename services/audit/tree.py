"""The Merkle tree over the log (RFC 9162, 2.1), grown leaf by leaf from the roots of its perfect subtrees alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32


@dataclass(slots=True)
class Frontier:
    """A tree of `size` leaves: one subtree root for each set bit of `size`, the largest first."""

    size: int = 0
    nodes: bytes = b""

    def add(self, leaf: bytes) -> None:
        """Appends a leaf hash (32 bytes)."""
        rest, node = self.size, leaf
        while rest & 1:
            node = _above(self.nodes[-HASH_BYTES:], node)
            self.nodes = self.nodes[:-HASH_BYTES]
            rest >>= 1
        self.nodes += node
        self.size += 1

    @property
    def root(self) -> bytes:
        """MTH of RFC 9162, 2.1.1; of no leaves the hash of nothing."""
        if not self.size:
            return sha256().digest()
        parts = [self.nodes[at : at + HASH_BYTES] for at in range(0, len(self.nodes), HASH_BYTES)]
        root = parts.pop()
        while parts:
            root = _above(parts.pop(), root)
        return root


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What leads from leaf `index` to the root (RFC 9162, 2.1.3.1), the nearest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < half:
        return [*inclusion_path(leaves[:half], index), root_of(leaves[half:])]
    return [*inclusion_path(leaves[half:], index - half), root_of(leaves[:half])]


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path gives (RFC 9162, 2.1.3.2); None where it is no path of such a leaf."""
    if not 0 <= index < size:
        return None
    number, last, node = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if number & 1 or number == last:
            node = _above(beside, node)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            node = _above(node, beside)
        number >>= 1
        last >>= 1
    return node if last == 0 else None


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def _above(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
