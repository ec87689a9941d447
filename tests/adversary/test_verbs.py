"""The verbs of challengers and verifier nodes, on a real chain with real claims, honest and false."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from optimizer.render import browser_absent
from services.chain import Status
from tests.adversary.lies import IN_BUNDLE
from tests.adversary.world import World, honest, id_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "pages" / "app.html"


def test_a_claim_that_nobody_made_is_unknown_to_every_verb(world: World) -> None:
    for verb in ("verify", "challenge", "attest"):
        assert world.run(verb, "0x" + "11" * 32).exit_code == 18


def test_evidence_that_nobody_serves_is_told_apart_from_a_lie(world: World) -> None:
    claimed = world.claim(honest("lost"), "/lost", kept=False)

    assert world.run("verify", id_of(claimed)).exit_code == 14
    assert world.run("challenge", id_of(claimed)).exit_code == 14


def test_an_honest_claim_is_verified_and_there_is_nothing_to_challenge(world: World) -> None:
    claimed = world.claim(honest("honest"), "/honest")

    assert world.run("verify", id_of(claimed)).exit_code == 0
    assert world.run("challenge", id_of(claimed)).exit_code == 23
    assert world.status(claimed) is Status.PENDING


def test_a_false_claim_gets_no_vote_and_verify_says_where_it_is_false(world: World) -> None:
    claimed = world.claim(IN_BUNDLE["changed output"](Random(1), honest("novote")), "/novote")

    told = world.run("verify", id_of(claimed), "--json")
    voted = world.run("attest", id_of(claimed), "--no-fetch", "--no-render", "--json")

    finding = json.loads(told.stdout)["findings"][0]
    assert (told.exit_code, finding["fault"]) == (21, "rule")
    assert finding["byteOffset"] >= 0
    assert finding["claimed"] != finding["right"]
    assert (voted.exit_code, json.loads(voted.stdout)["bits"]) == (21, 0)


def test_a_vote_says_what_was_checked_and_is_given_once(world: World) -> None:
    claimed = world.claim(honest("vote"), "/vote")
    words = ("attest", id_of(claimed), "--no-fetch", "--no-render", "--json")

    dry = world.run(*words, "--dry-run")
    first = json.loads(world.run(*words).stdout)
    again = json.loads(world.run(*words).stdout)

    assert dry.exit_code == 0
    assert (first["bits"], first["hadVoted"], again["hadVoted"]) == (4, False, True)
    assert world.chain["ProofOfOptimization"].functions.votesOf(claimed.claim_id).call() == 1


@pytest.mark.skipif(browser_absent() is not None, reason="no browser here")
def test_a_vote_says_that_both_pages_render_equal_only_after_rendering_them(world: World) -> None:
    claimed = world.claim(honest("rendered"), "/rendered")

    told = json.loads(world.run("attest", id_of(claimed), "--no-fetch", "--json").stdout)

    assert [check["passed"] for check in told["checks"]] == [True, True]
    assert told["bits"] == 6


def test_the_cheapest_proof_is_found_shown_and_sent(world: World) -> None:
    claimed = world.claim(IN_BUNDLE["added output"](Random(3), honest("cheapest")), "/cheapest")

    dry = world.run("challenge", id_of(claimed), "--dry-run", "--json")

    proofs: list[dict[str, Any]] = json.loads(dry.stdout)["proofs"]
    assert dry.exit_code == 0
    assert world.status(claimed) is Status.PENDING
    assert proofs[0]["gas"] == min(proof["gas"] for proof in proofs if proof["gas"])
    assert world.run("challenge", id_of(claimed)).exit_code == 0
    assert world.status(claimed) is Status.SLASHED


def test_a_page_is_claimed_with_all_that_makes_it_lighter_and_verifies(world: World, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(EXAMPLE.read_bytes())
    url = "https://claims.example/app"

    claimed = world.run("claim", str(page), "--url", url, "--json")

    assert claimed.exit_code == 0, claimed.output
    told = json.loads(claimed.stdout)
    assert world.run("verify", told["claimId"]).exit_code == 0
    assert world.run("challenge", told["claimId"]).exit_code == 23
