"""Who is paid and who is slashed when somebody cheats around the proofs: by silence, by copying, by voting alone."""

from __future__ import annotations

import json
from random import Random

import pytest

from services.chain import Status, open_account
from services.challenger.choose import candidates
from services.challenger.slash import commit_proof
from services.errors import TransactionRefused
from services.verifier import findings
from tests.adversary.host import Host
from tests.adversary.lies import IN_BUNDLE
from tests.adversary.world import World, honest, id_of


def test_a_copied_claim_is_refused_while_the_first_one_stands(world: World) -> None:
    evidence = honest("copied")
    world.claim(evidence, "/copied")

    with pytest.raises(TransactionRefused, match="SourceTaken"):
        world.claim(evidence, "/elsewhere", role="harvester")


def test_one_colluding_signer_is_no_quorum(world: World) -> None:
    claimed = world.claim(honest("collude"), "/collude")
    world.run("attest", id_of(claimed), "--no-fetch", "--no-render")
    functions = world.chain["ProofOfOptimization"].functions
    world.wait(functions.windowSeconds().call() + 1)

    with pytest.raises(TransactionRefused, match="QuorumMissing"):
        world.chain.view(functions.finalize(claimed.claim.as_tuple()), "finalize")


def test_a_stale_page_gets_no_vote_and_the_one_that_is_served_does(world: World, host: Host) -> None:
    evidence = honest("stale", host.url)
    claimed = world.claim(evidence, "/page", host="127.0.0.1")
    words = ("attest", id_of(claimed), "--no-render", "--json")

    host.body = evidence.page + b"<p>news</p>"
    stale = world.run(*words)
    host.body = evidence.page
    served = world.run(*words)

    assert (stale.exit_code, json.loads(stale.stdout)["bits"]) == (21, 0)
    assert (served.exit_code, json.loads(served.stdout)["bits"]) == (0, 5)


def test_whoever_copies_a_proof_does_not_get_the_bounty(world: World) -> None:
    lie = IN_BUNDLE["dropped output"](Random(9), honest("thief"))
    claimed = world.claim(lie, "/thief")
    challenger, thief = (
        open_account(role, world.chain.chain_id, world.settings) for role in ("challenger", "treasury")
    )
    best = candidates(world.chain, challenger.address, claimed.claim, lie, findings(claimed.claim, lie))[0]
    commit_proof(world.chain, challenger, claimed.claim_id, best.call)
    world.chain.send(thief, best.call, "copied proof")

    world.run("watch", "--once")

    functions = world.chain["ProofOfOptimization"].functions
    assert world.status(claimed) is Status.SLASHED
    assert functions.challengersOf(claimed.claim_id).call() == [challenger.address]


def test_a_watcher_slashes_what_is_false_and_goes_on_where_it_ended(world: World) -> None:
    lie = world.claim(IN_BUNDLE["dropped output"](Random(2), honest("watched")), "/watched")
    right = world.claim(honest("fine"), "/fine")

    first = world.run("watch", "--once", "--json")
    again = world.run("watch", "--once", "--json")

    assert first.exit_code == again.exit_code == 0, first.output
    assert (world.status(lie), world.status(right)) == (Status.SLASHED, Status.PENDING)
    checkpoints = list((world.settings.home / "checkpoints").iterdir())
    assert len(checkpoints) == 1


def test_a_claim_whose_data_nobody_serves_is_asked_for_a_leaf_and_slashed_for_silence(world: World) -> None:
    claimed = world.claim(honest("silent"), "/silent", kept=False)

    asked = world.run("watch", "--once")
    world.wait(world.chain["ProofOfOptimization"].functions.answerSeconds().call())
    slashed = world.run("watch", "--once")

    assert "demanded" in asked.output, asked.output
    assert "slashed for silence" in slashed.output, slashed.output
    assert world.status(claimed) is Status.SLASHED


def test_a_prover_who_answers_is_not_slashed(world: World) -> None:
    with world.unhurried():
        claimed = world.claim(honest("answered"), "/answered", kept=False)
        world.run("watch", "--once")
        world.serve(honest("answered"))
        liar = open_account("liar", world.chain.chain_id, world.settings)

        told = world.run("answer", "--once", "--prover", liar.address)
        world.wait(world.chain["ProofOfOptimization"].functions.answerSeconds().call())
        world.run("watch", "--once")

    assert "answered" in told.output, told.output
    assert world.status(claimed) is Status.PENDING


def test_the_bounty_of_who_committed_first_is_shared_out_and_withdrawn(world: World) -> None:
    claimed = world.claim(IN_BUNDLE["dropped output"](Random(5), honest("bounty")), "/bounty")
    challenger = open_account("challenger", world.chain.chain_id, world.settings).address
    token = world.chain["WrappedEther"].functions
    before = token.balanceOf(challenger).call()

    world.run("watch", "--once")
    shares = world.chain["ProofOfOptimization"].functions.challengersOf(claimed.claim_id).call()
    world.wait(1800)
    world.run("watch", "--once")

    assert shares == [challenger]
    assert token.balanceOf(challenger).call() >= before + claimed.bond_wei // 2
