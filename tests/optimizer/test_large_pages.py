"""Large pages: twice the page takes about twice the time. `python bench/large.py` prints time and memory."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import optimizer
from tests.optimizer.large import SHAPES, a_large_page

WHOLE = {"tree": 17_000, "text": 10_000_000, "styles": 2_000_000}


def seconds(page: bytes) -> float:
    """CPU of the fastest of three runs."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        optimizer.optimize(page, level="max")
        best = min(best, time.process_time() - began)
    return best


def test_the_large_tree_is_as_large_and_as_deep_as_it_says() -> None:
    tree = LexborHTMLParser(a_large_page("tree", WHOLE["tree"]))

    def depth(node: LexborNode | None) -> int:
        levels = 0
        while node is not None and node.is_element_node:
            node, levels = node.parent, levels + 1
        return levels

    assert len(tree.css("div")) == 17_000
    assert max(depth(node) for node in tree.css("div")) == 20


@pytest.mark.deep
@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_page_takes_about_twice_the_time(shape: str) -> None:
    half, whole = a_large_page(shape, WHOLE[shape] // 2), a_large_page(shape, WHOLE[shape])

    assert seconds(whole) / seconds(half) < 3 * len(whole) / len(half) / 2
