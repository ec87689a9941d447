"""The oracle against figures that others published, and its trees against their own paths."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import (
    StepTree,
    SumTree,
    depth_of,
    keccak256,
    leaf_hash,
    root_from_path,
    step_hash,
    step_root_from_path,
    token_leaf,
)

VECTORS = Path(__file__).parents[1] / "vectors"


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        # The Keccak team's ShortMsgKAT_256.txt, lengths 0 and 8; the last is Ethereum's hash of "Transfer(...)".
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"\xcc", "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
        (b"Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
    ],
)
def test_keccak_gives_the_published_digests(data: bytes, digest: str) -> None:
    assert keccak256(data).hex() == digest


def test_depth_is_the_smallest_that_holds_all_leaves() -> None:
    assert [depth_of(n) for n in (1, 2, 3, 4, 5, 8, 9, 2**20, 2**20 + 1)] == [0, 1, 2, 2, 3, 3, 4, 20, 21]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=12))
def test_every_path_leads_to_the_root(tokens: list[bytes]) -> None:
    tree = SumTree([token_leaf(4, data) for data in tokens])

    assert tree.total == sum(map(len, tokens))
    for i, data in enumerate(tokens):
        leaf = token_leaf(4, data)
        assert root_from_path(leaf_hash(leaf), leaf.size, i, tree.path(i)) == (tree.root, tree.total)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.binary(min_size=18, max_size=18), min_size=1, max_size=12))
def test_every_step_path_leads_to_the_root(records: list[bytes]) -> None:
    tree = StepTree(b"".join(records))

    for i, record in enumerate(records):
        assert step_root_from_path(step_hash(record), i, tree.path(i)) == tree.root


def test_the_vectors_are_what_the_oracle_gives() -> None:
    done = subprocess.run(
        [sys.executable, str(VECTORS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads((VECTORS / "trees.json").read_text())["sumTrees"]
