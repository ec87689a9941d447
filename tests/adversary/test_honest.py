"""An honest claim cannot be slashed: nothing is found, and no opening of its trees, wherever, is a proof."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

import optimizer
from services.chain import Chain
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import NO_TOKEN, Openings
from services.verifier import recompute
from tests.adversary.court import Court, claim_of
from tests.adversary.pages import PAGE, proven_rules

ROOT = Path(__file__).parents[2]
IS_DEEP = os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep"
TRIALS = 2_000 if IS_DEEP else 10
EXAMPLES = sorted((ROOT / "examples" / "pages").glob("*.html"))
CORPUS = sorted((ROOT.parent / "shared" / "pages" / "public").rglob("*.html"))
LARGEST_BYTES = 10**9 if IS_DEEP else 60_000


@pytest.fixture(scope="module")
def court(chain: Chain) -> Court:
    return Court(chain, 2)


def _optimized(page: bytes) -> Evidence:
    """By every rule that the optimizer knows, proven and attested."""
    result = optimizer.optimize(page, level="max")
    return build_evidence(page, result.rules, {}, result.replacements)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_real_page_is_never_found_wrong_and_no_opening_slashes_it(path: Path, court: Court) -> None:
    evidence = _optimized(path.read_bytes())

    assert recompute(claim_of(evidence, court.ruleset), evidence) is None
    assert _refusals(court, evidence, Random(path.name), TRIALS) == {"NoFault()"}


def test_a_page_with_every_kind_of_token_is_never_slashed(court: Court) -> None:
    evidence = build_evidence(PAGE, proven_rules(PAGE), {})

    assert recompute(claim_of(evidence, court.ruleset), evidence) is None
    assert _refusals(court, evidence, Random(1), TRIALS) == {"NoFault()"}


@pytest.mark.skipif(not CORPUS, reason="the corpus of real pages is not beside the project")
def test_no_page_of_the_corpus_is_found_wrong(court: Court) -> None:
    for path in CORPUS:
        page = path.read_bytes()
        if len(page) > LARGEST_BYTES:
            continue
        evidence = _optimized(page)

        assert recompute(claim_of(evidence, court.ruleset), evidence) is None, path
        assert _refusals(court, evidence, Random(path.name), 3) == {"NoFault()"}, path


def _refusals(court: Court, evidence: Evidence, random: Random, trials: int) -> set[str | None]:
    """What the contracts answer to openings at random places, each of them right in itself."""
    made, openings, functions = claim_of(evidence, court.ruleset), Openings(evidence), court.functions
    claim = made.as_tuple()
    refusals = set()
    for _ in range(trials):
        index = random.randrange(len(evidence.source))
        step = evidence.step(index)
        output = openings.output(step.out) if step.emits else NO_TOKEN
        in_output = random.randrange(len(evidence.output))
        calls = [
            functions.proveToken(claim, openings.source(index), openings.step(index)),
            functions.proveRule(claim, openings.source(index), openings.step(index), output),
            functions.proveSum(claim, 0, openings.sums(0, index, is_optimized_tree=False)),
            functions.proveSum(claim, 1, openings.sums(0, in_output, is_optimized_tree=True)),
        ]
        for tree, depth in enumerate((made.depth_s, made.depth_o)):
            height = random.randrange(1, depth + 1)
            at = random.randrange(1 << depth - height)
            calls.append(functions.proveSum(claim, tree, openings.sums(height, at, is_optimized_tree=bool(tree))))
        refusals |= {court.refusal(call) for call in calls}
    return refusals
