"""Every lie that a bundle can hold is slashed by the proof that the challenger finds by itself."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from services.chain import Chain
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence
from services.verifier import recompute
from tests.adversary.court import Court, claim_of
from tests.adversary.lies import IN_BUNDLE, IN_CLAIM
from tests.adversary.pages import PAGE, proven_rules

TRIALS = 400 if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else 8


@pytest.fixture(scope="module")
def honest() -> Evidence:
    return build_evidence(PAGE, proven_rules(PAGE), {})


@pytest.fixture(scope="module")
def court(chain: Chain) -> Court:
    return Court(chain, "RuleSet1")


@pytest.mark.parametrize("kind", IN_BUNDLE)
def test_a_lie_in_a_bundle_is_slashed(kind: str, court: Court, honest: Evidence) -> None:
    random, proven = Random(kind), Counter()
    for _ in range(TRIALS):
        lie = IN_BUNDLE[kind](random, honest)
        claim = claim_of(lie)
        if recompute(claim, lie) is None:
            continue  # another rule with the very same effect is another honest claim

        finding = court.first_proof(claim, lie)

        assert finding is not None, next(iter([recompute(claim, lie)]))
        proven[finding.fault.name] += 1
    print(kind, dict(proven))


@pytest.mark.parametrize("kind", IN_CLAIM)
def test_a_figure_that_the_trees_do_not_have_is_slashed(kind: str, court: Court, honest: Evidence) -> None:
    random = Random(kind)
    for _ in range(TRIALS):
        lie = IN_CLAIM[kind](random, claim_of(honest))

        assert court.first_proof(lie, honest) is not None, lie
