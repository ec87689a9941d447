"""A proof made stretch by stretch is the proof made at once, wherever the stretches end."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from core_ext.roots import roots_of
from core_ext.stream import ProofStream, Stretch

PARTS = (
    b"<p>",
    b"</p>",
    b"a  b",
    b"\n\n",
    b" ",
    b"<!-- c -->",
    b"<table>",
    b"<tr>",
    b"<td>x",
    b"</table>",
    b"<pre>\n a",
    b"</pre>",
    b"<style>a{b:c} @media x{p{}q{}} r{",
    b"}</style>",
    b"<script>let a</script>",
    b"<svg><style>a</style><p>",
    b"<title>t</title>",
    b"<i " + b"x" * 3000 + b">",
    b"y" * 2500,
    b"<br>",
    b"</>",
    b"<",
)
PAGES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=60).map(b"".join)


def rules_of(page: bytes, tokens: core_ext.Tokens) -> bytes:
    """As many different rules as may be, and attested ones between them."""
    rules = bytearray(tokens.count)
    for rule in (core_ext.COLLAPSE_WS, core_ext.DROP_COMMENT, core_ext.NORMALIZE_TAG):
        for index, is_allowed in enumerate(core_ext.allowed(page, tokens, rule)):
            if is_allowed:
                rules[index] = rule
    return bytes(rules)


def settled(page: bytes, tokens: core_ext.Tokens, rules: bytearray, put_in: dict[int, bytes]) -> bytes:
    """The rules without those that what is put out before them forbids."""
    while True:
        try:
            core_ext.trace(page, tokens, bytes(rules), put_in)
        except core_ext.RuleViolation as refused:
            rules[refused.index] = core_ext.KEEP
        else:
            return bytes(rules)


def assert_streams_like_the_whole(page: bytes, rules: bytes, put_in: dict[int, bytes], stretch_tokens: int) -> None:
    tokens = core_ext.lex(page)
    traced = core_ext.trace(page, tokens, rules, put_in)
    stream = ProofStream(page, rules, put_in, stretch_tokens=stretch_tokens)
    made = list(stream)
    kinds, sizes = zip(*((row[0], int.from_bytes(row[1:])) for each in made for row in five(each.tokens)), strict=True)

    assert bytes(kinds) == tokens.kinds
    assert list(sizes) == [tokens.starts[i + 1] - tokens.starts[i] for i in range(tokens.count)]
    assert b"".join(each.steps for each in made) == traced.steps
    assert b"".join(each.optimized for each in made) == traced.optimized
    assert bytes(row[0] for each in made for row in five(each.out_tokens)) == traced.out_kinds
    roots = roots_of(page, tokens, traced)
    assert (stream.src, stream.opt, stream.trace) == (roots.src, roots.opt, roots.trace)
    assert (stream.src_bytes, stream.opt_bytes) == (roots.src_bytes, roots.opt_bytes)
    assert (stream.n, stream.m) == (tokens.count, len(traced.out_kinds))
    assert (stream.depth_s, stream.depth_o) == (roots.depth_s, roots.depth_o)
    assert stream.attested_bytes == traced.attested_bytes


def five(rows: bytes) -> list[bytes]:
    return [rows[at : at + 5] for at in range(0, len(rows), 5)]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_wrong_number_of_rules_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="rules"):
        list(ProofStream(b"<p>a</p>", bytes(count), stretch_tokens=2))


def test_an_empty_page_and_an_emptied_one_are_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        ProofStream(b"", b"")
    with pytest.raises(ValueError, match="1 leaf"):
        list(ProofStream(b"<!-- -->", b"\1"))
    with pytest.raises(TypeError):
        Stretch()


def test_a_rule_that_may_not_be_applied_is_refused_by_the_index_that_it_has_in_the_page() -> None:
    page = b"<p>a</p>" * 10
    with pytest.raises(core_ext.RuleViolation) as refused:
        list(ProofStream(page, bytes(28) + b"\1" + bytes(1), stretch_tokens=4))

    assert (refused.value.index, refused.value.rule) == (28, core_ext.DROP_COMMENT)


@settings(deadline=None, max_examples=60)
@given(PAGES, st.sampled_from([1, 2, 3, 7, 100]), st.randoms(use_true_random=False))
def test_any_page_streams_like_the_whole(page: bytes, stretch_tokens: int, chance: random.Random) -> None:
    tokens = core_ext.lex(page)
    rules = bytearray(rules_of(page, tokens))
    put_in = {}
    for index in range(tokens.count):
        if chance.random() < 0.2:
            rules[index] = core_ext.constants.ATTESTED_TEXT
            put_in[index] = chance.choice([b"", b"z", b"<q>" * 300, b"&am"])
    # One token stays, so that something comes out.
    rules[0], put_in[0] = core_ext.constants.ATTESTED_TEXT, b"!"

    assert_streams_like_the_whole(page, settled(page, tokens, rules, put_in), put_in, stretch_tokens)


@pytest.mark.parametrize("stretch_tokens", [1000, 1024, 1025, 4096])
def test_windows_of_the_trees_need_not_be_stretches(stretch_tokens: int) -> None:
    page = b"<!doctype html><table>" + b"".join(b"<td>x%d \n <!-- c -->" % i for i in range(1700))
    tokens = core_ext.lex(page)

    assert_streams_like_the_whole(page, rules_of(page, tokens), {}, stretch_tokens)


def test_elements_deeper_than_is_counted_stream_as_well() -> None:
    page = b"<b>x" * 66_000

    assert_streams_like_the_whole(page, bytes(core_ext.lex(page).count), {}, 5000)
