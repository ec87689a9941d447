"""A verifier's other duties, on the real chain and a real web server: served pages, hosts and their owners, stakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from eth_account.signers.local import LocalAccount

from optimizer.fetch import FetchLimits
from services.blobs import open_store
from services.chain import Status, open_account
from services.domains import Biome, DomainNode, Look, Request, requests_made
from services.domains.vote import cast_domain, token_of
from services.harvest.submit import Submitted
from services.settler import SettlerNode
from services.verifier.board import Board
from services.verifier.cast import cast
from services.verifier.confirm import ConfirmNode
from services.verifier.journal import Journal
from services.verifier.serving import sign_served
from services.worker.follow import Follower
from services.worker.outcome import Outcome
from tests.adversary.host import Host, naming
from tests.adversary.world import World, honest

LIMITS = FetchLimits(1 << 20, 10, loopback_permitted=True)
NODES = ("verifier_1", "verifier_2", "verifier_3")
DAY = 24 * 3600


def _key(world: World, role: str) -> LocalAccount:
    return open_account(role, world.chain.chain_id, world.settings)


def _node(world: World, role: str) -> ConfirmNode:
    """One verifier with one key, as on any chain but a development one; they share the board alone."""
    board = Board(world.settings.board)
    return ConfirmNode(world.chain, open_store(world.settings.ipfs_url), [_key(world, role)], LIMITS, board)


def _final(world: World, host: Host, name: str) -> tuple[Submitted, bytes, bytes]:
    """A paid claim on the page that the host serves, with both versions of it."""
    evidence = honest(name, f"http://127.0.0.1:{host.port}/{name}")
    claimed = world.claim(evidence, f"/{name}", host="127.0.0.1", role="harvester")
    cast(world.chain, claimed, [_key(world, role) for role in NODES], 4, Journal.of(world.chain, world.settings.home))
    world.wait(world.chain["ProofOfOptimization"].functions.windowSeconds().call() + 1)
    settler = SettlerNode(world.chain, _key(world, "treasury"))
    assert settler.handle(claimed) is Outcome.SOON
    assert world.status(claimed) is Status.FINAL
    return claimed, evidence.page, evidence.optimized


def _stream(world: World, claimed: Submitted) -> tuple[int, int, int]:
    return tuple(world.chain["RewardStreams"].functions.streamOf(claimed.claim_id).call())


def _covered(world: World, claimed: Submitted) -> int:
    return int(world.chain["RewardStreams"].functions.coveredUntilOf(claimed.claim_id).call())


def test_a_page_that_is_served_as_it_was_keeps_its_reward_standing(world: World, host: Host) -> None:
    claimed, page, _ = _final(world, host, "heavy")
    host.body = page
    for role in NODES:
        assert _node(world, role).handle(claimed) is Outcome.LATER
    host.files["/heavy"] = 404
    assert _node(world, NODES[0]).handle(claimed) is Outcome.LATER

    assert _covered(world, claimed) == 0
    assert list(world.settings.board.glob("**/*.json")) == []


def test_a_redirect_to_another_page_is_no_sight_of_this_one(world: World, host: Host) -> None:
    claimed, _, optimized = _final(world, host, "moved")
    host.body, host.files["/moved"] = optimized, "/elsewhere"
    for role in NODES:
        _node(world, role).handle(claimed)

    assert _covered(world, claimed) == 0


def test_nodes_of_one_key_each_confirm_together_and_the_reward_streams(world: World, host: Host) -> None:
    claimed, _, optimized = _final(world, host, "light")
    host.body = optimized

    assert _node(world, NODES[0]).handle(claimed) is Outcome.LATER
    assert _covered(world, claimed) == 0
    _node(world, NODES[1]).handle(claimed)

    assert _covered(world, claimed) > world.chain.time()
    reward, first, _ = _stream(world, claimed)
    assert first * 5 == pytest.approx(reward, abs=5)
    world.wait(2 * DAY)
    SettlerNode(world.chain, _key(world, "treasury")).handle(claimed)
    _, earned, collected = _stream(world, claimed)
    assert earned > first
    assert collected == pytest.approx(earned, rel=0.01)


def test_what_is_still_covered_is_not_confirmed_again(world: World, host: Host) -> None:
    claimed, _, optimized = _final(world, host, "again")
    host.body = optimized
    for role in NODES[:2]:
        _node(world, role).handle(claimed)
    covered = _covered(world, claimed)
    _node(world, NODES[2]).handle(claimed)
    assert _covered(world, claimed) == covered

    world.wait(2 * DAY)
    for role in NODES[:2]:
        _node(world, role).handle(claimed)
    assert _covered(world, claimed) > covered


def test_what_others_leave_on_the_board_is_taken_for_no_more_than_it_is(world: World, tmp_path: Path) -> None:
    board, claim_id = Board(tmp_path / "board"), bytes(32)
    vote = sign_served(world.chain, _key(world, "verifier_1"), claim_id, 100, 1_000)
    board.put(vote)
    folder = tmp_path / "board" / claim_id.hex()
    for name, text in {"0xaa": "{}", "0xbb": "no json", "0xcc": "[]", "0xdd": '{"verifier": 1}'}.items():
        (folder / f"{name}.json").write_text(text)
    (folder / "0xee.json").write_bytes((folder / f"{vote.verifier.lower()}.json").read_bytes())

    assert board.votes(claim_id, 1_000) == [vote]
    assert board.votes(claim_id, 1_001) == []
    assert board.votes(bytes(31) + b"\1", 0) == []


def _domain_followers(world: World, look: Look) -> list[Follower]:
    nodes = [DomainNode(world.chain, [_key(world, role)], look) for role in NODES[1:]]
    first = world.chain.block_number()
    return [Follower(world.chain, node, first, find=requests_made) for node in nodes]


def test_a_host_is_confirmed_after_one_vote_that_others_follow(world: World, host: Host) -> None:
    owner = _key(world, "liar").address
    token = token_of(world.chain, "localhost", owner)
    host.files["/.well-known/lightdom.txt"] = f"{token}\n".encode()
    with naming({}) as resolver:
        look = Look(LIMITS, host.origin, resolver)
        followers = _domain_followers(world, look)
        request = Request("localhost", owner, Biome.SOCIAL, 0, world.chain.block_number())
        cast_domain(world.chain, request, [_key(world, "verifier_1")], is_seen=True)
        followers[0].step()
        world.wait(2)
        for follower in followers:
            follower.step()

    registry = world.chain["OptimizationRegistry"].functions
    domain_id = world.chain.web3.keccak(text="localhost")
    assert registry.ownerOf(domain_id).call() == owner
    assert registry.biomeOf(domain_id).call() == Biome.SOCIAL
    # The token is spent: another confirmation takes another one.
    assert token_of(world.chain, "localhost", owner) != token


def test_a_token_is_seen_in_each_of_its_three_places_and_nowhere_else(host: Host) -> None:
    token, other = "0x" + "ab" * 32, "0x" + "cd" * 32
    with naming({"localhost": f"lightdom={token}", "127.0.0.1": "v=spf1 -all"}) as resolver:
        look = Look(LIMITS, host.origin, resolver)
        assert look.at("localhost", token).is_seen is True
        host.files["/.well-known/lightdom.txt"] = 404
        assert look.at("localhost", other).is_seen is False
        host.body = f'<META NAME=LightDom content="{other.upper().replace("0X", "0x")}">'.encode()
        assert look.at("localhost", other).is_seen is True
        host.files["/.well-known/lightdom.txt"] = f"lightdom={other}".encode()
        host.body = b""
        assert look.at("localhost", other).is_seen is True


def test_a_server_in_trouble_and_another_host_say_nothing_for_this_one(host: Host) -> None:
    token = "0x" + "ab" * 32
    with naming({}) as resolver:
        look = Look(LIMITS, host.origin, resolver)
        host.files["/.well-known/lightdom.txt"] = 503
        assert look.at("localhost", token).is_seen is None
        host.files["/shown"] = token.encode()
        host.files["/.well-known/lightdom.txt"] = f"http://127.0.0.1:{host.port}/shown"
        assert look.at("localhost", token).is_seen is False


def test_whoever_stakes_for_a_verifier_is_told_how_it_stands(world: World) -> None:
    verifier = _key(world, "verifier_3").address

    dry = json.loads(world.run("stake", verifier, "--role", "harvester", "--dry-run", "--json").stdout)
    paid = json.loads(world.run("stake", verifier, "--role", "harvester", "--amount-wei", "1000", "--json").stdout)
    stranger = json.loads(world.run("stake", "--role", "liar", "--amount-wei", "7", "--json").stdout)

    assert (dry["paid_wei"], dry["is_seated"], dry["missing_wei"]) == (0, True, 0)
    assert (paid["paid_wei"], paid["stake_wei"]) == (1000, dry["stake_wei"] + 1000)
    assert (stranger["is_seated"], stranger["stake_wei"]) == (False, 7)
    assert world.run("stake", "0x12").exit_code == 2


def test_the_owner_is_told_what_to_publish_and_no_vote_is_given_for_nothing(world: World, host: Host) -> None:
    owner = _key(world, "harvester").address
    words = ("domain", "nowhere.invalid", "--owner", owner, "--biome", "social")

    told = json.loads(world.run(*words, "--json").stdout)
    voted = world.run(*words, "--vote")

    assert told["token"] == token_of(world.chain, "nowhere.invalid", owner)
    assert (told["votes"], voted.exit_code) == (0, 22)
    assert world.run("domain", "nowhere.invalid", "--owner", owner, "--biome", "lunar").exit_code == 2
