"""The verbs of challengers and verifier nodes, on a real chain with real claims, honest and false."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
import structlog
from click.testing import Result
from typer.testing import CliRunner

from cli.main import VERBS, build
from services.blobs import open_store
from services.chain import Chain, Status, open_account
from services.harvest.build import build_evidence, commit_evidence
from services.harvest.evidence import Evidence
from services.harvest.submit import Submitted, submit
from services.settings import Settings, read_settings
from tests.adversary.lies import IN_BUNDLE
from tests.adversary.pages import PAGE, proven_rules


@dataclass
class World:
    """A chain, a store of its own, and the environment that the verbs read them from."""

    chain: Chain
    settings: Settings

    def run(self, *words: str) -> Result:
        result = CliRunner().invoke(build({words[0]: VERBS[words[0]]}), list(words))
        structlog.reset_defaults()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def claim(self, evidence: Evidence, path: str, *, kept: bool = True) -> Submitted:
        """Reveals whatever the evidence amounts to; not `kept`: nobody serves the evidence."""
        store = open_store(self.settings.ipfs_url if kept else f"{self.settings.ipfs_url}-lost")
        liar = open_account("liar", self.chain.chain_id, self.settings)
        claim, _, _ = commit_evidence(evidence, "liar.example", path, liar.address, store)
        return submit(self.chain, liar, claim)

    def status(self, submitted: Submitted) -> Status:
        functions = self.chain["ProofOfOptimization"].functions
        return Status(functions.statusOf(submitted.claim_id).call())


def _honest(name: str) -> Evidence:
    page = PAGE + b"<!-- %s -->\n" % (name.encode() * (600 // len(name))) * 3
    return build_evidence(page, proven_rules(page), {"url": f"https://liar.example/{name}"})


def _hex(submitted: Submitted) -> str:
    return "0x" + submitted.claim_id.hex()


@pytest.fixture
def world(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> World:
    environment = {
        "LIGHTDOM_HOME": str(home),
        "LIGHTDOM_RPC_URL": chain.url,
        "LIGHTDOM_IPFS_URL": f"file://{tmp_path}/store",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return World(chain, read_settings(environment))


def test_a_claim_that_nobody_made_is_unknown_to_every_verb(world: World) -> None:
    for verb in ("verify", "challenge", "attest"):
        assert world.run(verb, "0x" + "11" * 32).exit_code == 18


def test_evidence_that_nobody_serves_is_told_apart_from_a_lie(world: World) -> None:
    claimed = world.claim(_honest("lost"), "/lost", kept=False)

    assert world.run("verify", _hex(claimed)).exit_code == 14
    assert world.run("challenge", _hex(claimed)).exit_code == 14


def test_an_honest_claim_is_verified_and_there_is_nothing_to_challenge(world: World) -> None:
    claimed = world.claim(_honest("honest"), "/honest")

    assert world.run("verify", _hex(claimed)).exit_code == 0
    assert world.run("challenge", _hex(claimed)).exit_code == 23
    assert world.status(claimed) is Status.PENDING


def test_a_false_claim_gets_no_vote_and_verify_says_where_it_is_false(world: World) -> None:
    claimed = world.claim(IN_BUNDLE["changed output"](Random(1), _honest("novote")), "/novote")

    told = world.run("verify", _hex(claimed), "--json")
    voted = world.run("attest", _hex(claimed), "--no-fetch", "--no-render", "--json")

    finding = json.loads(told.stdout)["findings"][0]
    assert (told.exit_code, finding["fault"]) == (21, "rule")
    assert finding["byteOffset"] >= 0
    assert finding["claimed"] != finding["right"]
    assert (voted.exit_code, json.loads(voted.stdout)["bits"]) == (21, 0)


def test_a_vote_says_what_was_checked_and_is_given_once(world: World) -> None:
    claimed = world.claim(_honest("vote"), "/vote")
    words = ("attest", _hex(claimed), "--no-fetch", "--no-render", "--json")

    dry = world.run(*words, "--dry-run")
    first = json.loads(world.run(*words).stdout)
    again = json.loads(world.run(*words).stdout)

    assert dry.exit_code == 0
    assert (first["bits"], first["hadVoted"], again["hadVoted"]) == (4, False, True)
    assert world.chain["ProofOfOptimization"].functions.votesOf(claimed.claim_id).call() == 1


def test_the_cheapest_proof_is_found_shown_and_sent(world: World) -> None:
    claimed = world.claim(IN_BUNDLE["added output"](Random(3), _honest("cheapest")), "/cheapest")

    dry = world.run("challenge", _hex(claimed), "--dry-run", "--json")

    proofs: list[dict[str, Any]] = json.loads(dry.stdout)["proofs"]
    assert dry.exit_code == 0
    assert world.status(claimed) is Status.PENDING
    assert proofs[0]["gas"] == min(proof["gas"] for proof in proofs)
    assert world.run("challenge", _hex(claimed)).exit_code == 0
    assert world.status(claimed) is Status.SLASHED


def test_a_watcher_slashes_what_is_false_and_goes_on_where_it_ended(world: World) -> None:
    lie = world.claim(IN_BUNDLE["dropped output"](Random(2), _honest("watched")), "/watched")
    honest = world.claim(_honest("fine"), "/fine")

    first = world.run("watch", "--once", "--json")
    again = world.run("watch", "--once", "--json")

    assert first.exit_code == again.exit_code == 0, first.output
    assert (world.status(lie), world.status(honest)) == (Status.SLASHED, Status.PENDING)
    checkpoints = list((world.settings.home / "checkpoints").iterdir())
    assert len(checkpoints) == 1
