"""Rules and traces: what is refused, and that both agree with the slow oracle."""

import json
import random
from pathlib import Path

import hostile
import pytest
import reference_lexer
import reference_rules
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import StepTree, SumTree, token_leaf

import core_ext
from core_ext import COLLAPSE_WS, COMMENT, DROP_COMMENT, KEEP, RuleViolation

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "rules.json").read_text())["rules"]
PAGES = st.lists(st.sampled_from(hostile.FRAGMENTS), min_size=1, max_size=30).map(b"".join)


def greedy(page: bytes) -> bytes:
    """Every rule wherever it may be applied, by trial on the oracle, comments first."""
    tokens = core_ext.lex(page)
    rules = bytearray(tokens.count)
    for wanted, kind in ((COLLAPSE_WS, core_ext.TEXT), (DROP_COMMENT, COMMENT)):
        for i in range(tokens.count):
            if tokens.kinds[i] != kind:
                continue
            rules[i] = wanted
            try:
                core_ext.trace(page, tokens, rules)
            except RuleViolation:
                rules[i] = KEEP
    return bytes(rules)


@pytest.mark.parametrize(
    "page",
    [
        b"<!--[if IE]>a<![endif]-->",
        b"<!--[IF lt IE 9]><!-->",
        b"<!--<![endif]-->",
        b"<![endif]>",
        b"<!--#include virtual='a'-->",
        b"<!--" + b"a" * 1017 + b"-->",
    ],
)
def test_a_comment_that_means_something_is_not_dropped(page: bytes) -> None:
    with pytest.raises(RuleViolation) as violation:
        core_ext.trace(page, core_ext.lex(page), bytes([DROP_COMMENT]) * core_ext.lex(page).count)

    assert (violation.value.index, violation.value.rule) == (0, DROP_COMMENT)


@pytest.mark.parametrize(
    "page",
    [
        b"a<<!---->b>",
        b"&am<!---->p;",
        b"&<!---->amp;",
        b"&#3<!---->8;",
        b"&#x<!---->26;",
        b"&" + b"a" * 1023 + b"b<!---->c",
        b"<pre><!---->\n\na",
        b"<textarea></textarea><listing><!---->\n",
        b"<table>\n<!---->a",
    ],
)
def test_a_comment_is_not_dropped_where_texts_could_join(page: bytes) -> None:
    tokens = core_ext.lex(page)
    rules = bytes(DROP_COMMENT if kind == COMMENT else KEEP for kind in tokens.kinds)

    assert DROP_COMMENT in rules
    with pytest.raises(RuleViolation):
        core_ext.trace(page, tokens, rules)


@pytest.mark.parametrize("page", [b"<pre>a  b", b"<pre><b>a  b", b"<svg><text>a  b", b"<math><style>  ", b"<title>  "])
def test_white_space_that_shows_is_not_collapsed(page: bytes) -> None:
    tokens = core_ext.lex(page)
    rules = bytes([*[KEEP] * (tokens.count - 1), COLLAPSE_WS])

    with pytest.raises(RuleViolation):
        core_ext.trace(page, tokens, rules)


def test_rules_of_another_number_than_tokens_are_refused() -> None:
    with pytest.raises(ValueError, match="2 rules for 1 tokens"):
        core_ext.trace(b"a", core_ext.lex(b"a"), b"\0\0")


def test_tokens_of_another_page_are_refused() -> None:
    with pytest.raises(ValueError, match="another page"):
        core_ext.trace(b"ab", core_ext.lex(b"a"), b"\0")


@pytest.mark.parametrize("rule", [3, 4, 5, 6, 7, 128, 255])
def test_a_rule_that_is_not_in_the_set_is_refused(rule: int) -> None:
    with pytest.raises(RuleViolation):
        core_ext.prove(b"<p>", bytes([rule]))


def test_an_emptied_page_is_no_proof() -> None:
    with pytest.raises(ValueError, match="not 0"):
        core_ext.prove(b"<!-- all of it -->", bytes([DROP_COMMENT]))


def test_it_agrees_with_the_vectors() -> None:
    for case in VECTORS:
        data = bytes.fromhex(case["data"][2:])
        result = core_ext.apply_rule(case["rule"], case["kind"], case["flags"], data)
        expected = (int(case["emits"]), bytes.fromhex(case["out"][2:])) if case["allowed"] else None
        assert result == expected, case


def assert_trace_agrees(page: bytes, rules: bytes, replacements: dict[int, bytes] | None = None) -> None:
    tokens = core_ext.lex(page)
    try:
        slow = reference_rules.trace(page, rules, replacements)
    except reference_rules.Refused:
        with pytest.raises(RuleViolation):
            core_ext.trace(page, tokens, rules, replacements)
        return
    fast = core_ext.trace(page, tokens, rules, replacements)

    assert fast.optimized == slow.optimized
    assert fast.steps == slow.steps
    assert fast.out_kinds == slow.kinds
    assert list(fast.out_starts) == slow.starts
    assert fast.attested_bytes == slow.attested


@settings(deadline=None, max_examples=300)
@given(PAGES, st.data())
def test_traces_agree_with_the_oracle(page: bytes, data: st.DataObject) -> None:
    count = core_ext.lex(page).count
    rules = bytes(data.draw(st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=count, max_size=count)))
    assert_trace_agrees(page, rules)
    assert_trace_agrees(page, greedy(page))


@settings(deadline=None, max_examples=200)
@given(PAGES, st.data())
def test_traces_with_attested_rules_agree_with_the_oracle(page: bytes, data: st.DataObject) -> None:
    count = core_ext.lex(page).count
    rules = bytes(data.draw(st.lists(st.sampled_from([0, 0, 2, 128, 134]), min_size=count, max_size=count)))
    attested = [i for i, rule in enumerate(rules) if rule >= 128]
    lengths = st.sampled_from([0, 1, 30, 1024, 1025])
    replacements = {i: b"x" * data.draw(lengths) for i in attested if data.draw(st.booleans())}
    assert_trace_agrees(page, rules, replacements)


def test_bytes_in_place_of_a_token_need_an_attested_rule_and_a_token() -> None:
    tokens = core_ext.lex(b"a")
    with pytest.raises(RuleViolation, match="only attested rules"):
        core_ext.trace(b"a", tokens, b"\0", {0: b"b"})
    with pytest.raises(ValueError, match="token 1 of 1"):
        core_ext.trace(b"a", tokens, b"\x80", {1: b"b"})


def test_attested_rules_may_be_applied_anywhere_and_count_what_they_save() -> None:
    page = b"<p>ab</p><!-- c -->"
    tokens = core_ext.lex(page)

    traced = core_ext.trace(page, tokens, bytes([128, 134, 0, 1]), {1: b"xyz"})

    assert core_ext.allowed(page, tokens, 128) == b"\1" * 4
    assert traced.optimized == b"xyz</p>"
    assert traced.attested_bytes == 2
    assert [int.from_bytes(traced.steps[18 * i + 14 : 18 * i + 18]) for i in range(4)] == [0, 3, 2, 2]


@settings(deadline=None, max_examples=100)
@given(PAGES)
def test_what_is_allowed_may_be_applied_all_at_once(page: bytes) -> None:
    tokens = core_ext.lex(page)
    for rule in (DROP_COMMENT, COLLAPSE_WS):
        mask = core_ext.allowed(page, tokens, rule)
        rules = bytes(rule if marked else KEEP for marked in mask)
        core_ext.trace(page, tokens, rules)


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_proofs_agree_with_the_oracle(page: bytes) -> None:
    rules = greedy(page)
    slow = reference_rules.trace(page, rules)
    if not slow.kinds:
        return
    proof = core_ext.prove(page, rules)
    source = SumTree([token_leaf(t.kind, page[t.start : t.end]) for t in reference_lexer.lex(page)])
    slices = zip(slow.kinds, slow.starts, slow.starts[1:], strict=False)
    output = SumTree([token_leaf(kind, slow.optimized[start:end]) for kind, start, end in slices])

    assert (proof.src, proof.src_bytes, proof.n, proof.depth_s) == (source.root, len(page), source.count, source.depth)
    assert (proof.opt, proof.opt_bytes, proof.m, proof.depth_o) == (
        output.root,
        len(slow.optimized),
        output.count,
        output.depth,
    )
    assert proof.trace == StepTree(slow.steps).root
    assert proof.optimized == slow.optimized


def test_random_traces_of_hostile_pages_agree() -> None:
    source = random.Random(3)
    for _ in range(60):
        page = hostile.page(source)
        assert_trace_agrees(page, greedy(page))


def test_pages_agree_with_the_vectors() -> None:
    for case in json.loads((Path(__file__).parents[1] / "vectors" / "pages.json").read_text())["pages"]:
        page = case["page"].encode()
        tokens = core_ext.lex(page)
        columns = zip(tokens.kinds, tokens.starts, tokens.flags, tokens.depths, tokens.parents, strict=False)
        rules = bytes(case["rules"])
        replacements = {each["token"]: bytes.fromhex(each["data"][2:]) for each in case["replacements"]}
        proof = core_ext.prove(page, rules, 2, replacements)

        assert list(columns) == [tuple(token.values()) for token in case["tokens"]]
        assert core_ext.trace(page, tokens, rules, replacements).steps == bytes.fromhex(case["steps"][2:])
        assert proof.optimized == case["optimized"].encode()
        assert (proof.src, proof.opt, proof.trace) == tuple(
            bytes.fromhex(case[name][2:]) for name in ("src", "opt", "trace")
        )
        assert (proof.src_bytes, proof.opt_bytes) == (case["srcBytes"], case["optBytes"])
        assert proof.attested_bytes == case["attestedBytes"]
        assert (proof.n, proof.m, proof.depth_s, proof.depth_o) == (
            case["n"],
            case["m"],
            case["depthS"],
            case["depthO"],
        )


def test_a_comment_in_a_table_stays_where_an_empty_end_tag_hides_a_text() -> None:
    page = "<table>é</><!-- c -->\n</table>".encode()
    tokens = core_ext.lex(page)

    assert core_ext.allowed(page, tokens, core_ext.DROP_COMMENT) == bytes(tokens.count)


def test_white_space_around_an_empty_end_tag_is_one_run() -> None:
    page = b"a </> b"

    traced = core_ext.trace(page, core_ext.lex(page), bytes([2, 0, 2]))

    assert traced.optimized == b"a </>b"
