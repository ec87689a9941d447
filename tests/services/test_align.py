"""Explaining a lighter page that somebody else made: whatever it is, the rules give it back byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from services.errors import NotAligned
from services.harvest.align import align
from services.harvest.build import build_evidence

PAGE = (
    b"<!doctype html>\n<title>A   page</title>\n<!-- gone -->\n<style>\n p { color: red }\n</style>\n"
    b"<p class='a'>one   two\n\n three</p>\n<script>\n  let a = 1;\n</script>\n<p>the   end</p>\n"
)
PARTS = [
    b"<p>",
    b"</p>",
    b" ",
    b"  \n",
    b"word",
    b"<!-- c -->",
    b"<b>",
    b"<pre>",
    b"<style>a{}</style>",
    b"&amp;",
    b"<",
]


def _made(page: bytes, optimized: bytes) -> tuple[bytes, bytes]:
    """What the explanation gives, and its rules."""
    aligned = align(page, optimized)
    evidence = build_evidence(page, aligned.rules, {}, aligned.replacements)
    return evidence.optimized, aligned.rules


def test_more_than_the_tokens_can_carry_is_refused() -> None:
    with pytest.raises(NotAligned):
        align(b"<p>", b"<p>" + b"x" * 5000)


def test_what_proven_rules_give_is_explained_by_them_alone() -> None:
    tokens = core_ext.lex(PAGE)
    drops, collapses = (core_ext.allowed(PAGE, tokens, rule) for rule in (core_ext.DROP_COMMENT, core_ext.COLLAPSE_WS))
    rules = bytes(1 if drop else 2 if collapse else 0 for drop, collapse in zip(drops, collapses, strict=True))
    optimized = build_evidence(PAGE, rules, {}).optimized

    made, found = _made(PAGE, optimized)

    assert made == optimized
    assert set(found) <= {core_ext.KEEP, core_ext.DROP_COMMENT, core_ext.COLLAPSE_WS}


def test_what_no_rule_gives_is_attested_and_nothing_else_is() -> None:
    optimized = PAGE.replace(b"\n p { color: red }\n", b"p{color:red}").replace(b"<!-- gone -->\n", b"")

    made, found = _made(PAGE, optimized)

    assert made == optimized
    tokens = core_ext.lex(PAGE)
    attested = [kind for kind, rule in zip(bytes(tokens.kinds), found, strict=True) if rule in core_ext.ATTESTED]
    assert attested
    assert set(attested) == {core_ext.CSS}


@pytest.mark.parametrize("times", [1, 30, 300])
def test_however_often_a_page_repeats_itself_only_the_changed_words_are_attested(times: int) -> None:
    page = PAGE * times
    optimized = page.replace(b"<!-- gone -->", b"").replace(b"one   two", b"another")

    made, found = _made(page, optimized)

    assert made == optimized
    assert sum(rule in core_ext.ATTESTED for rule in found) == times


def test_an_untouched_page_is_kept() -> None:
    made, found = _made(PAGE, PAGE)

    assert made == PAGE
    assert set(found) == {core_ext.KEEP}


@given(st.lists(st.sampled_from(PARTS), min_size=1), st.lists(st.sampled_from(PARTS)))
@settings(deadline=None)
def test_any_page_is_explained_as_coming_out_of_any_other_or_refused(before: list[bytes], after: list[bytes]) -> None:
    page, optimized = b"".join(before), b"".join(after)

    try:
        made, _ = _made(page, optimized)
    except NotAligned:
        assert len(optimized) > 1024
    else:
        assert made == optimized


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=60), st.data())
@settings(deadline=None)
def test_a_page_with_parts_taken_out_is_explained(before: list[bytes], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(before), max_size=len(before)))
    optimized = b"".join(part for part, is_kept in zip(before, kept, strict=True) if is_kept)

    made, _ = _made(b"".join(before), optimized)

    assert made == optimized
