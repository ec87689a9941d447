"""The log's Merkle tree is that of RFC 9162, and a path proves a leaf at its place alone."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.tree import Frontier, inclusion_path, root_by_path, root_of

leaves = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def _by_definition(nodes: list[bytes]) -> bytes:
    """MTH as RFC 9162, 2.1.1 writes it."""
    if len(nodes) == 1:
        return nodes[0]
    half = 1
    while 2 * half < len(nodes):
        half *= 2
    return sha256(b"\x01" + _by_definition(nodes[:half]) + _by_definition(nodes[half:])).digest()


def test_of_no_leaves_it_is_the_hash_of_nothing() -> None:
    assert Frontier().root == sha256(b"").digest()


@given(leaves)
def test_the_root_is_that_of_the_definition(nodes: list[bytes]) -> None:
    assert root_of(nodes) == _by_definition(nodes)


@given(leaves, st.data())
def test_a_tree_goes_on_from_its_frontier(nodes: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(nodes)))
    first = Frontier()
    for node in nodes[:cut]:
        first.add(node)
    rest = Frontier(first.size, first.nodes)
    for node in nodes[cut:]:
        rest.add(node)

    assert rest.root == _by_definition(nodes)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True), st.data())
def test_a_path_proves_its_leaf_at_its_place_alone(nodes: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(nodes) - 1))
    other = data.draw(st.integers(0, len(nodes) - 1))
    path = inclusion_path(nodes, index)

    assert root_by_path(nodes[index], index, len(nodes), path) == root_of(nodes)
    if other != index:
        assert root_by_path(nodes[other], index, len(nodes), path) != root_of(nodes)
        assert root_by_path(nodes[index], other, len(nodes), path) != root_of(nodes)
    assert root_by_path(nodes[index], index, len(nodes), [*path, bytes(32)]) != root_of(nodes)


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_path([bytes(32)] * 3, index)
    assert root_by_path(bytes(32), index, 3, []) is None
