"""What single objects, sums and nested lists say, and how many statements they take."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from eth_utils.address import to_checksum_address

from api.schema_export import SNAPSHOT, text
from indexer.database import engine as open_engine
from indexer.tables import reward_queued
from tests.api.chain_rows import CHALLENGER, VERIFIERS, account, digest, town
from tests.api.conftest import Asker

FOLDER = Path(__file__).parents[2] / "graphql" / "queries"
QUERIES = [path for path in sorted(FOLDER.glob("*.graphql")) if "\nsubscription" not in path.read_text()]

NESTED = """
query Nested($harvesters: Int, $claims: Int) {
  harvesters(first: $harvesters) { nodes {
    address
    optimizations(first: $claims) { totalCount nodes { claimId attestations { verifier } harvester { address } } }
    land(first: 5) { nodes { tokenId harvester { address } } }
    rewards(first: 5) { nodes { ticket optimization { claimId } } }
  } }
}
"""


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def test_an_unknown_claim_is_not_found(asker: Asker) -> None:
    answer = asker.ask("query ($id: Hex!) { optimization(claimId: $id) { status } }", id=_hex(digest("nobody")))

    assert answer.codes == ["NOT_FOUND"]
    assert answer.json["data"] == {"optimization": None}


@pytest.mark.parametrize("claim_id", ["0x", "0x12", "12" * 32, "0x" + "zz" * 32, "0x" + "12" * 33])
def test_what_is_no_claim_id_is_refused(asker: Asker, claim_id: str) -> None:
    assert asker.ask("query ($id: Hex!) { optimization(claimId: $id) { status } }", id=claim_id).codes == ["BAD_INPUT"]


def test_an_account_without_a_claim_is_no_harvester(asker: Asker) -> None:
    answer = asker.ask("query ($a: Address!) { harvester(address: $a) { landCount } }", a=_hex(account(77)))

    assert answer.codes == ["NOT_FOUND"]


def test_a_slashed_claim_names_its_challenger_and_fault(asker: Asker) -> None:
    query = """query ($id: Hex!) { optimization(claimId: $id) {
        status fault challenger bountyWei burntWei savedBytes rewardWei bondWei host biome votes decidedAt evidenceCid
    } }"""
    claim = asker.ask(query, id=_hex(digest("claim", 3))).data["optimization"]
    cid = claim.pop("evidenceCid")

    assert claim == {
        "status": "SLASHED",
        "fault": "RULE",
        "challenger": to_checksum_address(CHALLENGER),
        "bountyWei": str(20 * 10**18),
        "burntWei": str(20 * 10**18),
        "savedBytes": None,
        "rewardWei": None,
        "bondWei": str(40 * 10**18),
        "host": "shop.example",
        "biome": "COMMERCIAL",
        "votes": 0,
        "decidedAt": "2026-01-01T09:00:00Z",
    }
    assert base64.b32decode(cid[1:].upper() + "=" * (-(len(cid) - 1) % 8))[4:] == digest("evidence", 3)


def test_a_vote_says_what_the_verifier_saw(asker: Asker) -> None:
    query = "query ($id: Hex!) { optimization(claimId: $id) { attestations { verifier isServed isAvailable } } }"
    votes = asker.ask(query, id=_hex(digest("claim", 0))).data["optimization"]["attestations"]

    assert votes == [
        {"verifier": to_checksum_address(verifier), "isServed": True, "isAvailable": True} for verifier in VERIFIERS
    ]


def test_the_totals_are_the_sums_of_the_rows(asker: Asker) -> None:
    answer = asker.ask("""{
        totals { savedBytes sourceBytes optimizedBytes rewardWei paidWei pages hosts claims harvesters parcels
                 landSquareMetres statusCounts { status count }
                 savings(interval: HOUR) { startsAt savedBytes savedBytesUntil claims } }
        optimizations(first: 100, filter: { status: [FINALIZED] }) { nodes { savedBytes rewardWei sourceBytes } }
        rewards(first: 100) { nodes { amountWei isPaid } }
    }""")
    totals, claims = answer.data["totals"], answer.data["optimizations"]["nodes"]
    rewards = answer.data["rewards"]["nodes"]
    points = totals["savings"]

    assert int(totals["savedBytes"]) == sum(int(claim["savedBytes"]) for claim in claims)
    assert int(totals["sourceBytes"]) == sum(int(claim["sourceBytes"]) for claim in claims)
    assert int(totals["rewardWei"]) == sum(int(reward["amountWei"]) for reward in rewards)
    assert int(totals["paidWei"]) == sum(int(reward["amountWei"]) for reward in rewards if reward["isPaid"])
    assert totals["statusCounts"] == [
        {"status": "PENDING", "count": 4},
        {"status": "FINALIZED", "count": 28},
        {"status": "SLASHED", "count": 4},
        {"status": "EXPIRED", "count": 4},
    ]
    assert (totals["pages"], totals["claims"], totals["harvesters"], totals["parcels"]) == (28, 40, 3, 28)
    assert len(points) == 28
    assert sum(int(point["savedBytes"]) for point in points) == int(totals["savedBytes"])
    assert points[-1]["savedBytesUntil"] == totals["savedBytes"]


@pytest.mark.parametrize(("interval", "points"), [("MINUTE", 28), ("HOUR", 28), ("DAY", 4), ("MONTH", 1)])
def test_a_series_keeps_its_sum_however_it_is_cut(asker: Asker, interval: str, points: int) -> None:
    query = """query ($interval: Interval!, $last: Int!) {
        totals { savedBytes savings(interval: $interval, last: $last) { startsAt savedBytesUntil } }
    }"""
    whole = asker.ask(query, interval=interval, last=366).data["totals"]
    (newest,) = asker.ask(query, interval=interval, last=1).data["totals"]["savings"]

    assert len(whole["savings"]) == points
    assert whole["savings"][-1] == newest
    assert newest["savedBytesUntil"] == whole["savedBytes"]
    assert asker.ask(query, interval=interval, last=0).codes == ["BAD_INPUT"]


def test_meta_names_the_block_of_the_answer(asker: Asker) -> None:
    meta = asker.ask("{ _meta { chainId block { number hash time } chainHead lagBlocks } }").data["_meta"]
    number = 2 + 2 * 40

    assert meta == {
        "chainId": "31337",
        "block": {"number": str(number), "hash": _hex(digest("block", number)), "time": "2026-01-04T10:00:00Z"},
        "chainHead": str(number),
        "lagBlocks": "0",
    }


def test_nested_lists_take_the_same_number_of_statements_for_any_number_of_parents(asker: Asker) -> None:
    few = asker.ask(NESTED, harvesters=1, claims=2)
    many = asker.ask(NESTED, harvesters=3, claims=20)

    assert sum(len(node["optimizations"]["nodes"]) for node in many.data["harvesters"]["nodes"]) == 40
    assert len(few.statements) == len(many.statements)
    # Harvesters, then for all of them: claims, their count, votes, land, rewards, the rewards' claims, and once more
    # the harvesters that claims and parcels lead back to.
    assert len(many.statements) <= 9


def test_a_nested_list_belongs_to_its_parent(asker: Asker) -> None:
    for parent in asker.ask(NESTED, harvesters=3, claims=20).data["harvesters"]["nodes"]:
        claims = parent["optimizations"]
        assert {claim["harvester"]["address"] for claim in claims["nodes"]} == {parent["address"]}
        assert claims["totalCount"] == len(claims["nodes"])
        assert {parcel["harvester"]["address"] for parcel in parent["land"]["nodes"]} <= {parent["address"]}


def test_the_parameters_are_the_last_that_were_set(asker: Asker) -> None:
    assert asker.ask("{ parameters { windowSeconds quorum } }").data["parameters"] == {
        "windowSeconds": "604800",
        "quorum": 3,
    }


def test_a_parcel_that_changed_hands_names_both(asker: Asker) -> None:
    query = "query ($o: Address!) { land(first: 50, filter: { owner: $o }) { nodes { owner harvesterAddress } } }"
    parcels = asker.ask(query, o=_hex(account(50))).data["land"]["nodes"]

    assert parcels
    assert to_checksum_address(account(50)) not in {parcel["harvesterAddress"] for parcel in parcels}


def test_figures_of_256_bits_arrive_with_every_digit(asker_of: Callable[..., Asker], empty_chain: str) -> None:
    chain = town(claims=0)
    chain.next_block()
    domain_id = chain.host("x" * 3000 + ".example", biome=7)
    chain.reveal("big", account(1), domain_id, src_bytes=2**64 - 1, opt_bytes=0)
    most = 2**256 - 1
    chain.add(reward_queued, ticket=most, account=account(1), reason=digest("r"), amount_wei=most, queued_end_wei=most)
    engine = open_engine(empty_chain)
    chain.write(engine)
    engine.dispose()
    answer = asker_of(empty_chain).ask("""{
        optimizations { nodes { sourceBytes claimedBytes biome host } }
        rewards { nodes { ticket amountWei optimization { status } } pageInfo { endCursor } }
        totals { rewardWei }
    }""")

    assert answer.data["rewards"]["nodes"] == [{"ticket": str(most), "amountWei": str(most), "optimization": None}]
    assert answer.data["totals"]["rewardWei"] == str(most)
    assert answer.data["optimizations"]["nodes"][0]["sourceBytes"] == str(2**64 - 1)
    assert answer.data["optimizations"]["nodes"][0]["host"] == "x" * 3000 + ".example"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_example_queries_are_answered(asker: Asker, path: Path) -> None:
    query = path.read_text()
    variables = {"claimId": _hex(digest("claim", 0))} if "$claimId" in query else {}

    assert asker.ask(query, **variables).data


def test_the_committed_schema_is_the_one_in_the_code() -> None:
    assert SNAPSHOT.read_text() == text(), "run `make schema`"
