"""Several leaves opened at once, and trees built as their leaves come."""

from array import array
from itertools import accumulate

import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from core_ext.roots import RootBuilder

LEAVES = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 1024), st.binary(min_size=32, max_size=32)), min_size=1, max_size=40
)
TOKENS = st.lists(st.lists(st.tuples(st.integers(1, 8), st.binary(min_size=1, max_size=9)), max_size=9), min_size=1)


@pytest.mark.parametrize("indices", [[], [1, 1], [2, 1], [4], [-1], [0, 4]])
def test_places_that_do_not_rise_inside_the_tree_are_refused(indices: list[int]) -> None:
    with pytest.raises((ValueError, IndexError)):
        core_ext.StepTree.from_steps(bytes(3 * core_ext.STEP_BYTES)).multipath(indices)


@settings(deadline=None, max_examples=40)
@given(LEAVES, st.data())
def test_any_leaves_lead_to_the_root_with_each_node_once(
    leaves: list[tuple[int, int, bytes]], data: st.DataObject
) -> None:
    tree = core_ext.SumTree.from_leaves(leaves)
    indices = sorted(data.draw(st.sets(st.integers(0, len(leaves) - 1), min_size=1)))
    beside = tree.multipath(indices)
    opened = {i: (reference.leaf_hash(reference.Leaf(*leaves[i])), leaves[i][1]) for i in indices}

    assert reference.root_from_multipath(opened, tree.depth, beside) == (tree.root, tree.total)
    assert len(beside) <= len(indices) * tree.depth
    if len(indices) == 1:
        assert beside == tree.path(indices[0])


def test_all_leaves_need_no_node_beside_them() -> None:
    steps = bytes(range(256)) * core_ext.STEP_BYTES
    tree = core_ext.StepTree.from_steps(steps[: 16 * core_ext.STEP_BYTES])

    assert tree.multipath(range(16)) == []
    assert len(tree.multipath([0, 1])) == 3


def test_nothing_is_no_tree_and_tokens_are_no_steps() -> None:
    with pytest.raises(ValueError):
        RootBuilder(has_sums=True).finish()
    with pytest.raises(ValueError):
        RootBuilder(has_sums=True).add_steps(bytes(core_ext.STEP_BYTES))
    with pytest.raises(ValueError):
        RootBuilder(has_sums=False).add_steps(b"x")
    with pytest.raises(ValueError):
        RootBuilder(has_sums=False).add_tokens(b"\4", memoryview(array("I", [0, 1])), b"x")
    with pytest.raises(ValueError):
        RootBuilder(has_sums=True).add_tokens(b"\4", memoryview(array("I", [0, 2])), b"x")


@settings(deadline=None, max_examples=60)
@given(TOKENS.filter(any), st.integers(1, 300))
def test_a_tree_built_as_tokens_come_is_the_tree_of_all(parts: list[list[tuple[int, bytes]]], times: int) -> None:
    builder = RootBuilder(has_sums=True)
    parts = parts * times
    for part in parts:
        starts = array("I", accumulate((len(data) for _, data in part), initial=0))
        builder.add_tokens(
            bytes(kind for kind, _ in part), memoryview(starts), bytearray(b"".join(data for _, data in part))
        )
    tokens = [token for part in parts for token in part]
    tree = core_ext.SumTree.from_tokens(
        bytes(kind for kind, _ in tokens),
        list(accumulate((len(data) for _, data in tokens), initial=0)),
        b"".join(data for _, data in tokens),
    )

    assert builder.count == len(tokens)
    assert builder.finish() == (tree.root, tree.total, tree.depth)


@pytest.mark.parametrize("count", [1, 7, 1023, 1024, 1025, 3000, 5000])
@pytest.mark.parametrize("at_once", [1, 700, 1024, 9999])
def test_a_tree_built_as_steps_come_is_the_tree_of_all(count: int, at_once: int) -> None:
    size = core_ext.STEP_BYTES
    steps = b"".join(i.to_bytes(size, "big") for i in range(count))
    builder = RootBuilder(has_sums=False)
    for at in range(0, len(steps), at_once * size):
        builder.add_steps(steps[at : at + at_once * size])
    tree = core_ext.StepTree.from_steps(steps)

    assert builder.finish()[::2] == (tree.root, tree.depth)
