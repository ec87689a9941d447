"""Runs of bytes are passed over at once; the lexer still agrees with the oracle, which goes byte by byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_lexer import assert_agrees

CSS = st.lists(
    st.sampled_from([*"uUrRlL( )#@\\/*'\";{}:x-\n\0é", "url(", "xurl(", "@media", "&nbsp;", "a" * 15, " " * 16])
).map(lambda parts: "".join(parts).encode())
TAG = st.lists(st.sampled_from([*"= />'\"ab\n\t\f\r<\0", "/>", "a=b", "x='y'", "v" * 15, "/" * 16])).map(
    lambda parts: "".join(parts).encode()
)


@settings(deadline=None, max_examples=300)
@given(CSS, st.integers(0, 40), st.sampled_from([b"", b"@media x{", b"@x", b"a{"]))
def test_any_style_sheet_is_cut_as_the_oracle_cuts_it(css: bytes, before: int, opening: bytes) -> None:
    assert_agrees(b"<style>" + opening + b"b" * before + css + b"}</style>x")


@settings(deadline=None, max_examples=100)
@given(CSS, st.integers(990, 1030), st.sampled_from([b"", b"@media x{", b"a{"]))
def test_a_piece_of_a_rule_has_the_state_that_the_oracle_gives_it(css: bytes, before: int, opening: bytes) -> None:
    assert_agrees(b"<style>" + opening + b"b:" * (before // 2) + css * 3 + b"}</style>x")


@settings(deadline=None, max_examples=300)
@given(TAG, st.sampled_from([b"<a", b"</a", b"<br ", b"<svg><g ", b"<a b=", b'<a b="']))
def test_any_tag_ends_where_the_oracle_ends_it(inside: bytes, opening: bytes) -> None:
    assert_agrees(opening + inside + b">\"x'<p/>")


@pytest.mark.parametrize(
    "name", [b"url", b"uRl", b"#url", b"@url", b"xurl", b"-url", b"\\url", b"/url", b"0url", b"u/**/rl"]
)
@pytest.mark.parametrize("before", [0, 1, 3, 4, 5, 15, 16, 17, 1010, 1014, 1015, 1016, 1017, 1018, 1019, 1024])
def test_a_url_is_known_wherever_it_stands(name: bytes, before: int) -> None:
    assert_agrees(b"<style>" + b"a{b:" + b" " * before + name + b"( x{}'y;)c}d{}</style>")
