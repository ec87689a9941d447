"""The lexer: every column agrees with the slow oracle, and the slices are the page."""

import random

import hostile
import pytest
import reference_lexer
from hypothesis import example, given, settings
from hypothesis import strategies as st

import core_ext

PAGES = st.lists(st.sampled_from(hostile.FRAGMENTS) | st.binary(max_size=4), max_size=40).map(b"".join)


def assert_agrees(page: bytes) -> None:
    fast, slow = core_ext.lex(page), reference_lexer.lex(page)
    columns = zip(fast.kinds, fast.starts, fast.starts[1:], fast.flags, fast.depths, fast.parents, strict=False)
    rows = [reference_lexer.Token(*row) for row in columns]
    differing = next((pair for pair in zip(rows, slow, strict=False) if pair[0] != pair[1]), None)
    assert differing is None
    assert len(rows) == len(slow)
    assert b"".join(fast.slice(i) for i in range(fast.count)) == page


def test_a_token_beyond_the_last_is_refused() -> None:
    with pytest.raises(IndexError):
        core_ext.lex(b"<p>").slice(1)


def test_tokens_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        core_ext.Tokens()


def test_an_empty_page_has_no_tokens() -> None:
    tokens = core_ext.lex(b"")

    assert (tokens.count, len(tokens), list(tokens.starts)) == (0, 0, [0])


@settings(deadline=None, max_examples=400)
@example(b"<svg><g a=/>x")
@example(b"<style>" + b" " * 1024 + b"a{}")
@example(b"<style>@media{" + b"a" * 1024 + b"}")
@example(b"<style>a{b:\\\nurl({)}</style>")
@example(b"<style>a{b:\x00url({)}</style>")
@given(PAGES)
def test_it_agrees_with_the_oracle(page: bytes) -> None:
    assert_agrees(page)


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_on_hostile_pages_with_long_tokens(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(150):
        assert_agrees(hostile.page(source))


@pytest.mark.parametrize("length", [1023, 1024, 1025, 2047, 2048, 2049, 3072])
@pytest.mark.parametrize(
    ("before", "filling", "behind"),
    [
        (b"", b"a", b""),
        (b"<a ", b"b", b">"),
        (b"<a b='", b">", b"'>"),
        (b"</a ", b" ", b">"),
        (b"<!--", b"-", b">"),
        (b"<!doctype ", b"x", b">"),
        (b"<?", b"x", b">"),
        (b"<svg><![CDATA[", b"]", b"]>"),
        (b"<title>", b"<", b"</title>"),
        (b"<script>", b"a", b"</script>"),
        (b"<script><!--<script>", b"-", b"></script>"),
        (b"<plaintext>", b"<p>", b""),
        (b"<style>", b" ", b"a{}</style>"),
        (b"<style>@media x{", b"\n", b"}</style>"),
        (b"<style>a{", b"{", b"}}</style>"),
        (b'<style>a{b:"', b"\\\r", b'"}</style>'),
        (b"<style>@font-face{a:url( ", b"x", b")}</style>"),
    ],
)
def test_every_state_is_cut_at_1024_bytes(before: bytes, filling: bytes, behind: bytes, length: int) -> None:
    body = (filling * length)[:length]
    assert_agrees(before + body + behind)
    assert_agrees((before + body)[:length] + behind)


def test_a_wide_stack_is_searched_256_deep_and_no_deeper() -> None:
    within, beyond = b"<i>" + b"<b>" * 255 + b"</i>x", b"<i>" + b"<b>" * 256 + b"</i>x"

    assert core_ext.lex(within).depths[-1] == 0
    assert core_ext.lex(beyond).depths[-1] == 257
    assert_agrees(within)
    assert_agrees(beyond)


def test_the_stack_stops_growing_at_65535() -> None:
    tokens = core_ext.lex(b"<b>" * 70_000)

    assert max(tokens.depths) == 65_535
    assert tokens.parents[-1] == 65_534
