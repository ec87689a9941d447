"""Rules 3, 5 and 7: refused where what stands around their token does not allow them, and as the slow oracle has it."""

from __future__ import annotations

import json
import os
import random
from array import array
from pathlib import Path

import hostile
import pytest
import reference_rules
import reference_selectors
from hypothesis import given, settings
from hypothesis import strategies as st

import core_ext
from core_ext import DROP_OPTIONAL_END, DROP_UNUSED_RULE, DROP_WS_TEXT, RuleViolation

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "selectors.json").read_text())["selectors"]
IS_DEEP = os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep"
PAGES, STYLES = (10_000, 100_000) if IS_DEEP else (150, 2_000)
KINDS = {DROP_WS_TEXT: core_ext.TEXT, DROP_OPTIONAL_END: core_ext.END, DROP_UNUSED_RULE: core_ext.CSS}


def may(rule: int, page: bytes) -> list[bytes]:
    """The tokens of a page that a rule alone may be applied to, one at a time."""
    tokens = core_ext.lex(page)
    found = []
    for i in range(tokens.count):
        rules = bytearray(tokens.count)
        rules[i] = rule
        try:
            core_ext.trace(page, tokens, rules)
        except RuleViolation:
            continue
        found.append(tokens.slice(i))
    return found


@pytest.mark.parametrize(
    "page",
    [
        b" <p>",
        b"<p> </p>",
        b"<p>a </p>",
        b"<b>a</b> <b>b</b>",
        b"a<p></p> b",
        b"a</div> </div>b",
        b"<div><p>a</div> </p>",
        b"a<tr><td>b</td> <td>c</td></tr>",
        b"<div>a<meta> <meta>b",
        b"a<head> <meta></head>",
        b"<pre><p></p> <p></p></pre>",
        b"<svg><g/> <g/></svg>",
        b"<p></p>\f<p>",
        b"<p></p> <!-- --><p>",
        b"<table><caption><tr></tr> <tr>",
    ],
)
def test_white_space_that_may_show_stays(page: bytes) -> None:
    assert may(DROP_WS_TEXT, page) == []


@pytest.mark.parametrize(
    "page",
    [
        b"<div> <p>a</p>",
        b"a<p>a</p>\n<p>b</p>",
        b"<ul><li>a</li>\r\n</ul>",
        b"<body><hr> </body>",
        b"a<table> <tr>",
        b"<table><tr><td>a</td> <td>b",
        b"<table><tr><td>a</td></tr>\n<tr>",
        b"<!doctype html> <html>",
        b"<title>a</title>\n<script>b</script>",
        b"<td><p>a</p> </td>",
    ],
)
def test_white_space_that_never_shows_goes(page: bytes) -> None:
    assert len(may(DROP_WS_TEXT, page)) == 1


@pytest.mark.parametrize(
    "page",
    [
        b"<li>a</li>",
        b"<li>a</li>b<li>",
        b"<li>a</li> <li>",
        b"<li>a</li><p>",
        b"<li><p>a</li><li>",
        b"<p>a</p></a>",
        b"<a><p>a</p></a>b",
        b"<p>a</p><table>",
        b"<p>a</p></div>b",
        b"<div><p>a</p></div>",
        b"<rt>a</rt><rt>b",
        b"<li>a</li x><li>",
        b"<ul><b><li>a</li></ul>b",
        b"</li><li>",
    ],
)
def test_an_end_tag_that_nothing_stands_for_stays(page: bytes) -> None:
    assert may(DROP_OPTIONAL_END, page) == []


@pytest.mark.parametrize(
    "page",
    [
        b"<li>a</li><li>b",
        b"<ul><li>a</li ></ul>b",
        b"<p>a</p><div>",
        b"<div><p>a</p></div>b",
        b"<tr><td>a</td><th>b",
        b"<select><option>a</option></select>b",
        b"<dt>a</dt><dd>b",
        b"<head></head><body>",
        b"<ruby><rt>a</rt></ruby>b",
    ],
)
def test_an_end_tag_that_the_next_tag_stands_for_goes(page: bytes) -> None:
    assert len(may(DROP_OPTIONAL_END, page)) == 1


def test_an_end_tag_looks_past_what_is_dropped() -> None:
    page = b"<ul><li>a</li>\n<!-- c -->\n<li>b"
    tokens = core_ext.lex(page)

    assert core_ext.trace(page, tokens, bytes([0, 0, 0, 5, 134, 1, 134, 0, 0])).optimized == b"<ul><li>a<li>b"
    with pytest.raises(RuleViolation):
        core_ext.trace(page, tokens, bytes([0, 0, 0, 5, 134, 0, 134, 0, 0]))


@pytest.mark.parametrize("put", [b"<b>", b"</li>", b"<li", b""])
def test_an_end_tag_stays_before_a_tag_that_became_another(put: bytes) -> None:
    page = b"<li>a</li><li class=a>b"
    tokens = core_ext.lex(page)

    assert core_ext.trace(page, tokens, bytes([0, 0, 5, 133, 0]), {3: b"<li>"}).optimized == b"<li>a<li>b"
    with pytest.raises(RuleViolation):
        core_ext.trace(page, tokens, bytes([0, 0, 5, 133, 0]), {3: put})


@pytest.mark.parametrize(
    "rule",
    [
        b".a{}",
        b".b .a:hover{}",
        b"i.a{}",
        b"#x,.a{}",
        b"b>i{}",
        b"u+i{}",
        b"[class]{}",
        b"p{}",
        b"*{}",
        b".z *{}",
        b".z{b:(}",
        b".z{<!--url(}",
        b".z{@layer b{}}",
        b".z{b:\\63}",
        b".\\7a{}",
        b"@media x{",
        b"@import 'a';",
        b".z[a{]}",
        b".z/**/{}",
    ],
)
def test_a_style_rule_that_may_mean_something_stays(rule: bytes) -> None:
    page = b"<style>" + rule + b"</style><b class=b><i class='c A'></i></b>"

    assert may(DROP_UNUSED_RULE, page) == []


@pytest.mark.parametrize(
    "rule",
    [
        b".z{}",
        b".a .b{}",
        b"i .a,#a{}",
        b"u{a:b;c:'}'}",
        b"[d=e]{}",
        b".z:not(.a)::before{b:url(}{)}",
        b".a\\:b{}",
        b"p.z{}",
        b"u i+i.a{}",
    ],
)
def test_a_style_rule_that_matches_nothing_goes(rule: bytes) -> None:
    page = b"<style>" + rule + b"</style><b class=b><i class='c A'></i></b>"

    assert may(DROP_UNUSED_RULE, page) == [rule]


def test_the_pieces_of_a_style_rule_go_together() -> None:
    page = b"<style>.z{a:url(" + b"x" * 3000 + b")}</style>"
    tokens = core_ext.lex(page)

    assert core_ext.allowed(page, tokens, DROP_UNUSED_RULE) == bytes([0, 1, 1, 1, 0])
    assert core_ext.trace(page, tokens, bytes([0, 7, 7, 7, 0])).optimized == b"<style></style>"
    for torn in ([0, 7, 7, 0, 0], [0, 0, 7, 7, 0], [0, 7, 128, 7, 0]):
        with pytest.raises(RuleViolation):
            core_ext.trace(page, tokens, bytes(torn))


def test_a_tag_in_pieces_and_one_with_references_may_have_any_class() -> None:
    style = b"<style>.z{}</style>"

    assert may(DROP_UNUSED_RULE, style + b"<b title='" + b"x" * 1024 + b"'>") == []
    assert may(DROP_UNUSED_RULE, style + b"<b class='&#122;'>") == []
    assert may(DROP_UNUSED_RULE, style + b"<b title='&#122;'>") == [b".z{}"]


def test_selectors_agree_with_the_vectors() -> None:
    for case in VECTORS:
        rule, tags = bytes.fromhex(case["rule"][2:]), [bytes.fromhex(tag[2:]) for tag in case["tags"]]

        assert (core_ext.selects(rule, tags) is not None) is case["isRead"], rule
        assert not case["fits"] or core_ext.selects(rule, tags), rule


def test_selectors_and_braces_are_read_as_the_oracle_reads_them() -> None:
    source = random.Random(4)
    tags = [bytes.fromhex(tag[2:]) for case in VECTORS for tag in case["tags"]]
    dropped = 0
    for _ in range(STYLES):
        flags, data = hostile.style(source)
        around = source.choices(tags, k=source.randint(1, 4))
        may_drop = reference_selectors.may_drop(flags, data)

        assert (core_ext.apply_rule(DROP_UNUSED_RULE, core_ext.CSS, flags, data) is not None) is may_drop, (flags, data)
        assert core_ext.selects(data, around) == reference_selectors.selects(data, around), (data, around)
        dropped += may_drop

    assert dropped > STYLES // 10


def outcome(page: bytes, rules: bytes, replacements: dict[int, bytes]) -> bytes | None:
    try:
        return core_ext.trace(page, core_ext.lex(page), rules, replacements).steps
    except RuleViolation:
        return None


def expected(page: bytes, rules: bytes, replacements: dict[int, bytes]) -> bytes | None:
    try:
        return reference_rules.trace(page, rules, replacements).steps
    except reference_rules.Refused:
        return None


def test_random_traces_agree_with_the_oracle() -> None:
    source = random.Random(9)
    kept = 0
    for _ in range(PAGES):
        page = hostile.nested_page(source)
        tokens = core_ext.lex(page)
        gone = core_ext.allowed(page, tokens, DROP_WS_TEXT)
        masks = {rule: core_ext.allowed(page, tokens, rule, gone) for rule in KINDS}
        full = bytes(max(rule * mask[i] for rule, mask in masks.items()) for i in range(tokens.count))

        assert outcome(page, full, {}) == expected(page, full, {}) != None, page  # noqa: E711
        rules = bytearray(tokens.count)
        replacements = {}
        for i, kind in enumerate(tokens.kinds):
            for rule, wanted in KINDS.items():
                if kind == wanted and source.random() < 0.3 and (masks[rule][i] or source.random() < 0.1):
                    rules[i] = rule
            if source.random() < 0.1 and not rules[i]:
                rules[i], replacements[i] = 128, source.choice([b"<li>", b"<P a>", b"</ul>", b"x", b""])
        found = outcome(page, bytes(rules), replacements)
        assert found == expected(page, bytes(rules), replacements), (page, rules, replacements)
        kept += found is not None

    assert kept > PAGES // 10


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=400), st.lists(st.integers(0, 40), max_size=12), st.randoms(use_true_random=False))
def test_whatever_is_committed_to_is_judged_without_reading_beyond_it(
    page: bytes, sizes: list[int], source: random.Random
) -> None:
    starts = array("I", [0])
    for size in sizes:
        starts.append(min(starts[-1] + size, len(page)))
    kinds = bytes(source.choice([0, 2, 3, 4, 5, 8, 255]) for _ in sizes)
    steps = b"".join(bytes([source.choice([0, 3, 5, 7]), *source.randbytes(17)]) for _ in sizes)

    for index, first, last, shown, _ in core_ext.misplaced(page, kinds, starts, steps, page, starts):
        assert first <= index <= last
        assert all(place < len(sizes) for place in shown)
    for index, elements in core_ext.matched(page, kinds, starts, steps):
        tags = [page[starts[each] : starts[each + 1]] for each in elements]
        assert core_ext.selects(page[starts[index] : starts[index + 1]], tags)


def test_columns_of_different_pages_are_refused() -> None:
    with pytest.raises(ValueError, match="1 tokens begin at 3 places"):
        core_ext.matched(b"ab", b"\4", array("I", [0, 1, 2]), bytes(18))
    with pytest.raises(ValueError, match="18 each"):
        core_ext.matched(b"ab", b"\4", array("I", [0, 2]), bytes(17))
    with pytest.raises(ValueError, match="ends before it begins"):
        core_ext.misplaced(b"ab", b"\4", array("I", [2, 1]), bytes(18), b"", array("I", [0]))
    with pytest.raises(ValueError, match="have 3 bytes"):
        core_ext.misplaced(b"ab", b"\4", array("I", [0, 3]), bytes(18), b"", array("I", [0]))
