"""Hashes and trees: refusals, the vectors, and agreement with the slow oracle."""

import json
from pathlib import Path

import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext

VECTORS = Path(__file__).parents[1] / "vectors"
LEAVES = st.lists(
    st.tuples(st.integers(0, 255), st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32)), min_size=1
)


def unhex(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def test_a_tree_without_leaves_is_refused() -> None:
    with pytest.raises(ValueError):
        core_ext.SumTree.from_leaves([])
    with pytest.raises(ValueError):
        core_ext.StepTree.from_steps(b"")


def test_half_a_step_is_refused() -> None:
    with pytest.raises(ValueError):
        core_ext.StepTree.from_steps(bytes(15))


@pytest.mark.parametrize("starts", [[0, 1], [0, 2, 1, 3], [0, 1, 2, 4], [1, 2, 3, 3]])
def test_starts_that_do_not_cut_the_page_are_refused(starts: list[int]) -> None:
    with pytest.raises(ValueError):
        core_ext.SumTree.from_tokens(b"\4\4\4", starts, b"abc")


def test_a_place_outside_the_tree_is_refused() -> None:
    tree = core_ext.SumTree.from_tokens(b"\4\4\4", [0, 1, 2, 3], b"abc")
    for index in (-1, 4):
        with pytest.raises(IndexError):
            tree.path(index)
    for height, index in ((0, 0), (3, 0), (1, 2), (1, -1)):
        with pytest.raises(IndexError):
            tree.node(height, index)


def test_keccak_agrees_with_the_vectors() -> None:
    for case in json.loads((VECTORS / "encodings.json").read_text())["keccak"]:
        assert core_ext.keccak256(unhex(case["data"])) == unhex(case["hash"])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=600))
def test_keccak_agrees_with_the_oracle(data: bytes) -> None:
    assert core_ext.keccak256(data) == reference.keccak256(data)
    assert core_ext.keccak256(memoryview(bytearray(data))) == reference.keccak256(data)


def test_sum_trees_agree_with_the_vectors() -> None:
    for case in json.loads((VECTORS / "trees.json").read_text())["sumTrees"]:
        tree = core_ext.SumTree.from_leaves(
            [(leaf["kind"], leaf["size"], unhex(leaf["dataHash"])) for leaf in case["leaves"]]
        )
        assert (tree.root, tree.total) == (unhex(case["root"]), case["total"])
        assert (tree.depth, tree.count) == (case["depth"], case["count"])
        for path in case["paths"]:
            beside = list(zip(map(unhex, path["siblings"]), path["sums"], strict=True))
            assert tree.path(path["index"]) == beside


def test_step_trees_agree_with_the_vectors() -> None:
    for case in json.loads((VECTORS / "trees.json").read_text())["stepTrees"]:
        tree = core_ext.StepTree.from_steps(b"".join(map(unhex, case["steps"])))
        assert (tree.root, tree.depth, tree.count) == (unhex(case["root"]), case["depth"], case["count"])
        for path in case["paths"]:
            assert tree.path(path["index"]) == list(map(unhex, path["siblings"]))


@settings(deadline=None, max_examples=40)
@given(LEAVES)
def test_sum_trees_agree_with_the_oracle(leaves: list[tuple[int, int, bytes]]) -> None:
    fast, slow = core_ext.SumTree.from_leaves(leaves), reference.SumTree([reference.Leaf(*leaf) for leaf in leaves])

    assert (fast.root, fast.total, fast.depth, fast.count) == (slow.root, slow.total, slow.depth, slow.count)
    for i in range(len(leaves)):
        assert fast.path(i) == slow.path(i)
    for height in range(1, slow.depth + 1):
        for i in range(1 << (slow.depth - height)):
            assert fast.node(height, i) == slow.node(height, i)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 20).flatmap(lambda n: st.binary(min_size=18 * n, max_size=18 * n)))
def test_step_trees_agree_with_the_oracle(steps: bytes) -> None:
    fast, slow = core_ext.StepTree.from_steps(steps), reference.StepTree(steps)

    assert (fast.root, fast.depth, fast.count) == (slow.root, slow.depth, slow.count)
    assert [fast.path(i) for i in range(slow.count)] == [slow.path(i) for i in range(slow.count)]
