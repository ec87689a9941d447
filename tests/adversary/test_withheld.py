"""Lies that no bundle shows, as the claim's roots are of other trees: demands lead to the lie or to silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.chain import Chain, Claim
from services.challenger.bisect import Missing, Shown, Uneven, patched, walk
from services.challenger.demanding import beyond_proof, is_beyond, is_torn, torn_proof, uneven_proof
from services.challenger.proof import proof_calls
from services.harvest.build import build_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.harvest.place import Part, Place
from services.verifier import findings
from tests.adversary.court import Court, claim_of
from tests.adversary.pages import PAGE, proven_rules
from tests.adversary.trees import LyingStepTree, LyingSumTree, Trees, leaves_of, records_of

MOST_DEMANDS = 40


@pytest.fixture(scope="module")
def honest() -> Evidence:
    return build_evidence(PAGE, proven_rules(PAGE), {})


@pytest.fixture(scope="module")
def court(chain: Chain) -> Court:
    return Court(chain, 1)


def _trees(evidence: Evidence, **changes: Any) -> Trees:
    """The honest trees, with leaves, sums or records changed before they are hashed."""
    source, optimized = leaves_of(evidence, Part.SOURCE), leaves_of(evidence, Part.OPTIMIZED)
    records = records_of(evidence)
    for index, leaf in changes.get("source", {}).items():
        source += [(0, 0, None)] * (index + 1 - len(source))
        source[index] = leaf
    for index, leaf in changes.get("optimized", {}).items():
        optimized[index] = leaf
    for index, record in changes.get("steps", {}).items():
        records += [bytes(len(records[0]))] * (index + 1 - len(records))
        records[index] = record
    return Trees(
        LyingSumTree(source, changes.get("source_sums", {})),
        LyingSumTree(optimized, changes.get("optimized_sums", {})),
        LyingStepTree(records),
    )


def _claim(evidence: Evidence, trees: Trees) -> Claim:
    """What the liar reveals: the roots and totals of its own trees, with the honest bundle as evidence."""
    return replace(
        claim_of(evidence),
        src=trees.source.root,
        opt=trees.optimized.root,
        trace=trees.steps.root,
        src_bytes=trees.source.total,
        opt_bytes=trees.optimized.total,
    )


def _judge(court: Court, claim: Claim, evidence: Evidence, trees: Trees) -> tuple[str, int]:
    """How the challenger ends, after how many demands; the liar answers whatever the contract would take."""
    answered: dict[Place, Any] = {}
    while len(answered) < MOST_DEMANDS:
        shown: list[Shown] = []
        for step in walk(claim, evidence, answered):
            if isinstance(step, Missing):
                opening = trees.open(step.place)
                if not court.would_answer(claim, step.place, opening):
                    return "silence", len(answered) + 1
                answered[step.place] = opening
                break
            if isinstance(step, Uneven):
                return _slashed(court, uneven_proof(court.functions, claim, step)), len(answered)
            if is_beyond(claim, step.place):
                return _slashed(court, beyond_proof(court.functions, claim, step)), len(answered)
            shown.append(step)
        else:
            torn = [each for each in shown if each.place.part is not Part.STEPS and is_torn(each.opening)]
            whole = patched(evidence, [each for each in shown if each not in torn])
            if torn:
                return _slashed(court, torn_proof(court.functions, claim, whole, torn[0])), len(answered)
            openings = Openings(whole)
            calls = [proof_calls(court.functions, claim, openings, each) for each in findings(claim, whole)]
            return _slashed(court, next(call for several in calls for call in several)), len(answered)
    return "budget", len(answered)


def _slashed(court: Court, call: Any) -> str:
    refusal = court.refusal(call)
    return "slashed" if refusal is None else refusal


def test_an_inner_sum_that_does_not_add_up_is_slashed_by_its_own_answer(court: Court, honest: Evidence) -> None:
    depth = claim_of(honest).depth_s
    for height in range(1, depth):
        trees = _trees(honest, source_sums={(height, 1): 10**6})

        ended, demands = _judge(court, _claim(honest, trees), honest, trees)

        assert (ended, demands <= depth + 1) == ("slashed", True)


def test_a_leaf_of_another_size_than_its_bytes_is_slashed(court: Court, honest: Evidence) -> None:
    kind, size, data = leaves_of(honest, Part.SOURCE)[9]
    trees = _trees(honest, source={9: (kind, size + 5000, data)})

    assert _judge(court, _claim(honest, trees), honest, trees)[0] == "slashed"


def test_an_optimized_leaf_of_another_size_than_its_bytes_is_slashed(court: Court, honest: Evidence) -> None:
    kind, size, data = leaves_of(honest, Part.OPTIMIZED)[9]
    trees = _trees(honest, optimized={9: (kind, size - 1, data)})

    assert _judge(court, _claim(honest, trees), honest, trees)[0] == "slashed"


def test_bytes_hidden_in_the_padding_are_slashed(court: Court, honest: Evidence) -> None:
    for index in (len(honest.source), (1 << claim_of(honest).depth_s) - 1):
        trees = _trees(honest, source={index: (4, 900, b"x" * 900)})

        assert _judge(court, _claim(honest, trees), honest, trees)[0] == "slashed"


def test_a_step_behind_the_last_one_is_slashed(court: Court, honest: Evidence) -> None:
    trees = _trees(honest, steps={len(honest.source): records_of(honest)[0]})

    assert _judge(court, _claim(honest, trees), honest, trees)[0] == "slashed"


def test_a_leaf_whose_sum_is_a_lie_cannot_be_answered(court: Court, honest: Evidence) -> None:
    trees = _trees(honest, source_sums={(0, 9): 5000})

    assert _judge(court, _claim(honest, trees), honest, trees)[0] == "silence"


def test_another_token_than_the_bundles_is_found_by_its_rule(court: Court, honest: Evidence) -> None:
    texts = [i for i, kind in enumerate(honest.output.kinds) if kind == 4]
    trees = _trees(honest, optimized={texts[3]: (4, 6, b"stolen")})

    ended, demands = _judge(court, _claim(honest, trees), honest, trees)

    assert (ended, demands) == ("slashed", claim_of(honest).depth_o + 1)


def test_another_step_than_the_bundles_is_found(court: Court, honest: Evidence) -> None:
    record = bytearray(records_of(honest)[7])
    record[0] = 1  # DROP_COMMENT, on what is no comment
    trees = _trees(honest, steps={7: bytes(record)})

    ended, demands = _judge(court, _claim(honest, trees), honest, trees)

    assert (ended, demands) == ("slashed", claim_of(honest).depth_s + 1)


def test_two_lies_in_different_branches_are_both_walked_to(court: Court, honest: Evidence) -> None:
    texts = [i for i, kind in enumerate(honest.output.kinds) if kind == 4]
    lies = {texts[1]: (4, 1, b"a"), texts[-1]: (4, 1, b"b")}
    trees = _trees(honest, optimized=lies)

    ended, demands = _judge(court, _claim(honest, trees), honest, trees)

    assert ended == "slashed"
    assert demands <= 2 * (claim_of(honest).depth_o + 1)
