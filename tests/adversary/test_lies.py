"""Every lie that a bundle can hold is slashed by the proof that the challenger finds by itself."""

from __future__ import annotations

import os
from random import Random

import pytest

from services.chain import Chain
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence
from services.verifier import recompute
from tests.adversary.court import Court, claim_of
from tests.adversary.lies import IN_BUNDLE, IN_CLAIM
from tests.adversary.pages import PAGE, mixed_rules, proven_rules

TRIALS = 400 if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else 5


@pytest.fixture(scope="module", params=[1, 2], ids=["rule set 1", "rule set 2"])
def court(request: pytest.FixtureRequest, chain: Chain) -> Court:
    return Court(chain, request.param)


@pytest.fixture(scope="module")
def honest(court: Court) -> Evidence:
    if court.ruleset == 1:
        return build_evidence(PAGE, proven_rules(PAGE), {})
    rules, replacements = mixed_rules(PAGE)
    return build_evidence(PAGE, rules, {}, replacements)


def test_what_the_lies_are_made_of_is_honest(court: Court, honest: Evidence) -> None:
    assert recompute(claim_of(honest, court.ruleset), honest) is None


@pytest.mark.parametrize("kind", IN_BUNDLE)
def test_a_lie_in_a_bundle_is_slashed(kind: str, court: Court, honest: Evidence) -> None:
    random = Random(kind)
    for _ in range(TRIALS):
        lie = IN_BUNDLE[kind](random, honest)
        claim = claim_of(lie, court.ruleset)
        if recompute(claim, lie) is None:
            continue  # another rule with the very same effect is another honest claim

        assert court.first_proof(claim, lie) is not None, recompute(claim, lie)


@pytest.mark.parametrize("kind", IN_CLAIM)
def test_a_figure_that_the_trees_do_not_have_is_slashed(kind: str, court: Court, honest: Evidence) -> None:
    random = Random(kind)
    for _ in range(TRIALS):
        lie = IN_CLAIM[kind](random, claim_of(honest, court.ruleset))

        assert court.first_proof(lie, honest) is not None, lie


@pytest.mark.parametrize("trial", range(TRIALS))
def test_two_lies_at_once_are_slashed(trial: int, court: Court, honest: Evidence) -> None:
    random = Random(trial)
    for _ in range(3):
        one, other = random.choices(list(IN_BUNDLE), k=2)
        lie = IN_BUNDLE[other](random, IN_BUNDLE[one](random, honest))
        claim = claim_of(lie, court.ruleset)
        if recompute(claim, lie) is None:
            continue

        assert court.first_proof(claim, lie) is not None, (one, other, recompute(claim, lie))
