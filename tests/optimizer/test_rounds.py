"""Later rounds: their changes are told as rules of the source's tokens, and what is left out stays out of all."""

from __future__ import annotations

from random import Random

import core_ext
import optimizer
from optimizer.rounds import Made, both, in_round, of_round
from tests.optimizer.hostile import a_hostile_page

PERMITTED = frozenset(core_ext.RULESETS[2])


def made(page: bytes, rules: dict[int, int], replacements: dict[int, bytes] | None = None) -> Made:
    tokens = core_ext.lex(page)
    chosen = bytearray(tokens.count)
    for index, rule in rules.items():
        chosen[index] = rule
    put = replacements or {}
    return Made(tokens, bytes(chosen), put, core_ext.trace(page, tokens, bytes(chosen), put))


def test_rules_that_a_rule_set_lacks_make_no_round() -> None:
    page = b"<p>a<!-- b --> c"
    first = made(page, {2: core_ext.DROP_COMMENT})
    second = made(first.trace.optimized, {1: core_ext.ATTESTED_TEXT}, {1: b"a"})

    assert both(page, first, second, frozenset(core_ext.RULESETS[1])) is None


def test_a_change_to_texts_that_became_one_is_spread_over_both() -> None:
    page = b"<p>ab<!-- b -->  cd</p>"
    first = made(page, {2: core_ext.DROP_COMMENT})
    second = made(first.trace.optimized, {1: core_ext.COLLAPSE_WS})
    together = both(page, first, second, PERMITTED)

    assert together is not None
    assert together.trace.optimized == second.trace.optimized == b"<p>ab cd</p>"
    assert together.rules[2] == core_ext.DROP_COMMENT


def test_a_proven_change_stays_proven() -> None:
    page = b"<p>a <!-- b --></p><i  >"
    first = made(page, {2: core_ext.DROP_COMMENT})
    second = made(first.trace.optimized, {3: core_ext.NORMALIZE_TAG})
    together = both(page, first, second, PERMITTED)

    assert together is not None
    assert together.trace.attested_bytes == 0


def test_what_a_later_change_does_to_its_neighbours_rule_is_attested() -> None:
    page = b"<b> </b><!-- a --> x"
    first = made(page, {1: core_ext.COLLAPSE_WS, 3: core_ext.DROP_COMMENT, 4: core_ext.COLLAPSE_WS})
    second = made(first.trace.optimized, {1: core_ext.ATTESTED_TEXT})
    together = both(page, first, second, PERMITTED)

    assert together is not None
    assert together.trace.optimized == second.trace.optimized


def test_a_group_keeps_its_round() -> None:
    assert of_round("a:1", 1) == "a:1"
    assert of_round("a:1.2", 3) == "a:3~1.2"
    assert in_round(frozenset(["a:1", "b:2~4"]), 1) == ({"a:1"}, frozenset())
    assert in_round(frozenset(["a:1", "b:2~4"]), 2) == ({"b:4"}, {"a"})


def test_what_is_left_out_is_left_out_of_all_rounds() -> None:
    chance = Random("rounds")
    found = 0
    for page in (a_hostile_page(chance, []) for _ in range(60)):
        result = optimizer.optimize(page, level="max")
        for group in result.groups:
            other = optimizer.optimize(page, level="max", without=frozenset([group]))
            assert group not in other.groups
        found += any("~" in group for group in result.groups)

    assert found > 0
