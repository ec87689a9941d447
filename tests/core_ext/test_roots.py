"""Roots built without their trees are the roots of the trees."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from core_ext.roots import Roots, roots_of

# Around a window of 1 024 leaves, and around what powers of two of them need.
COUNTS = (1, 2, 3, 1023, 1024, 1025, 2047, 2048, 2049, 3072, 4097, 5 * 1024, 6 * 1024 + 1, 7 * 1024, 9 * 1024 + 3)


def page_of(count: int) -> bytes:
    """A page of that many tokens, none of which is the one before it again."""
    return b"".join(b"<i%d>" % i if i % 2 else b"x%d" % i for i in range(count))


def assert_roots_are_those_of_the_trees(page: bytes, tokens: core_ext.Tokens, traced: core_ext.Trace) -> None:
    roots = roots_of(page, tokens, traced)
    source = core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, page)
    output = core_ext.SumTree.from_tokens(traced.out_kinds, traced.out_starts, traced.optimized)
    steps = core_ext.StepTree.from_steps(traced.steps)

    assert (roots.src, roots.opt, roots.trace) == (source.root, output.root, steps.root)
    assert (roots.src_bytes, roots.opt_bytes) == (source.total, output.total)
    assert (roots.depth_s, roots.depth_o) == (source.depth, output.depth)


def test_an_empty_page_and_an_emptied_one_are_refused() -> None:
    for page, rules in ((b"", b""), (b"<!-- -->", b"\1")):
        tokens = core_ext.lex(page)
        with pytest.raises(ValueError):
            roots_of(page, tokens, core_ext.trace(page, tokens, rules))


def test_the_trace_or_the_tokens_of_another_page_are_refused() -> None:
    page, other = b"<p>one", b"<p>one</p>"
    tokens = core_ext.lex(page)
    traced = core_ext.trace(page, tokens, bytes(tokens.count))
    with pytest.raises(ValueError):
        roots_of(other, tokens, traced)
    with pytest.raises(ValueError):
        roots_of(other, core_ext.lex(other), traced)
    with pytest.raises(TypeError):
        Roots()


@pytest.mark.parametrize("count", COUNTS)
def test_any_number_of_tokens_has_the_roots_of_its_trees(count: int) -> None:
    page = page_of(count)
    tokens = core_ext.lex(page)
    assert tokens.count == count

    assert_roots_are_those_of_the_trees(page, tokens, core_ext.trace(page, tokens, bytes(count)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([b"<p>", b"</p>", b"a  b", b"<!-- c -->", b"\n\n", b"<br>", b"<style>a{}</style>"])))
def test_any_trace_has_the_roots_of_its_trees(parts: list[bytes]) -> None:
    page = b"<!doctype html>" + b"".join(parts) * 200
    tokens = core_ext.lex(page)
    drops = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    rules = bytes(
        core_ext.DROP_COMMENT if drop else core_ext.COLLAPSE_WS if kind == core_ext.TEXT else core_ext.KEEP
        for drop, kind in zip(drops, tokens.kinds, strict=True)
    )

    assert_roots_are_those_of_the_trees(page, tokens, core_ext.trace(page, tokens, rules))


def test_leaves_that_come_again_and_those_of_kept_tokens_are_not_hashed_twice() -> None:
    page = page_of(100) * 20
    tokens = core_ext.lex(page)
    permutations = roots_of(page, tokens, core_ext.trace(page, tokens, bytes(tokens.count))).permutations

    # A leaf of T and a node of each tree for every token; some of the hundred tokens share a place in the memo.
    assert 4 * tokens.count < permutations < 4 * tokens.count + 600


def test_pages_are_proven_in_threads_at_once() -> None:
    pages = [page_of(count) for count in (1500, 700, 3000, 10)] * 4
    alone = [core_ext.prove(page, bytes(core_ext.lex(page).count)) for page in pages]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda page: core_ext.prove(page, bytes(core_ext.lex(page).count)), pages))

    assert together == alone
