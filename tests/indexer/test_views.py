"""The views say what the events add up to, after every event and after a reorg."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from indexer import tables
from indexer.database import engine
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, encode_log, event_entries
from tests.indexer.mirroring import catch_up, settings_for

MOST = 2**256 - 1
ANA, BEN, VERA, VITO, CARA = (bytes([number]) * 20 for number in range(1, 6))
SHOP, NEWS = b"\x51" * 32, b"\x52" * 32
PENDING, FINAL, SLASHED, EXPIRED = (bytes([number]) * 32 for number in range(0x11, 0x15))


class Story:
    """Says events in their order, one block each turn."""

    def __init__(self, chain: Anvil, emitters: Emitters, database: str, home: Path) -> None:
        self.chain, self._emitters, self._database = chain, emitters, database
        self._settings = settings_for(database, chain, home)

    def record(self, parameters: dict[str, Any]) -> None:
        """Writes the manifest as a finished deployment leaves it."""
        self._emitters.write_manifest(self._settings.home, parameters=parameters)

    def say(self, contract: str, event: str, *values: Any) -> None:
        entry = next(entry for entry in event_entries(contract) if entry["name"] == event)
        self._emitters.emit(contract, [encode_log(entry, list(values))])
        self.chain.mine()

    def reveal(self, claim_id: bytes, prover: bytes, domain: bytes, **changes: int) -> None:
        sizes = {"src_bytes": 5000, "opt_bytes": 3000, "deadline": 1_800_000_000} | changes
        claim = (prover, b"\7" * 32, domain, claim_id, b"\2" * 32, b"\3" * 32, sizes["src_bytes"], sizes["opt_bytes"])
        whole = (*claim, 500, 40, 30, 6, 5, 1, b"\4" * 32)
        self.say("ProofOfOptimization", "ClaimRevealed", claim_id, prover, domain, whole, 10**16, sizes["deadline"])

    def read(self, view: Table, **where: Any) -> list[dict[str, Any]]:
        catch_up(self._settings)
        query = select(view)
        for name, value in where.items():
            query = query.where(view.c[name] == value)
        with engine(self._database).connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def only(self, view: Table, **where: Any) -> dict[str, Any]:
        (row,) = self.read(view, **where)
        return row


@pytest.fixture
def story(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> Story:
    return Story(chain, emitters, database, tmp_path)


def test_a_claim_from_reveal_to_its_end(story: Story) -> None:
    story.say("OptimizationRegistry", "HostRegistered", SHOP, BEN, 5, b"shop.example")
    for claim_id in (PENDING, FINAL, SLASHED, EXPIRED):
        story.reveal(claim_id, ANA, SHOP if claim_id == FINAL else NEWS)
    for voter, bits in ((VERA, 7), (VITO, 7), (CARA, 3)):
        story.say("ProofOfOptimization", "ClaimAttested", PENDING, voter, bits, 1_700_000_000)
    story.say("ProofOfOptimization", "ClaimFinalized", FINAL, ANA, SHOP, 1900, 77, 3)
    story.say("ProofOfOptimization", "ClaimSlashed", SLASHED, CARA, 1, 40, 41)
    story.say("ProofOfOptimization", "ClaimExpired", EXPIRED, ANA, 10**16)

    pending = story.only(tables.optimizations, claim_id=PENDING)
    assert (pending["status"], pending["votes"], pending["host"], pending["biome"]) == ("pending", 2, None, 0)
    assert (pending["saved_bytes"], pending["claimed_bytes"], pending["decided_block"]) == (None, 2000, None)
    assert pending["deadline_at"].timestamp() == pending["deadline"] == 1_800_000_000

    final = story.only(tables.optimizations, claim_id=FINAL)
    assert (final["status"], final["votes"], final["host"], final["biome"]) == ("finalized", 3, "shop.example", 5)
    assert (final["saved_bytes"], final["reward_wei"], final["bond_wei"]) == (1900, 77, 10**16)
    assert (final["revealed_block"], final["decided_block"]) == (5, 11)

    slashed = story.only(tables.optimizations, claim_id=SLASHED)
    assert (slashed["status"], slashed["challenger"], slashed["fault"]) == ("slashed", CARA, 1)
    assert (slashed["bounty_wei"], slashed["burnt_wei"], slashed["reward_wei"]) == (40, 41, None)
    assert story.only(tables.optimizations, claim_id=EXPIRED)["status"] == "expired"

    ana = story.only(tables.harvesters, address=ANA)
    assert [ana[f"claims_{what}"] for what in ("revealed", "finalized", "slashed", "expired")] == [4, 1, 0, 1]
    assert ana["first_seen_block"] == 4

    story.chain.reorg(2)
    assert story.only(tables.optimizations, claim_id=SLASHED)["status"] == "pending"
    assert story.only(tables.optimizations, claim_id=FINAL)["status"] == "finalized"


def test_votes_count_by_the_bits_that_the_deployment_requires(story: Story) -> None:
    story.reveal(PENDING, ANA, NEWS)
    for voter, bits in ((VERA, 7), (VITO, 4), (CARA, 3)):
        story.say("ProofOfOptimization", "ClaimAttested", PENDING, voter, bits, 1_700_000_000)
    assert story.only(tables.optimizations)["votes"] == 1

    story.record({"requiredBits": 4})
    assert story.only(tables.optimizations)["votes"] == 2


def test_a_claim_with_figures_that_no_page_has_hides_nothing_else(story: Story) -> None:
    most = 2**64 - 1
    story.reveal(PENDING, ANA, NEWS, src_bytes=0, opt_bytes=most, deadline=most)
    story.reveal(FINAL, ANA, SHOP)

    wild = story.only(tables.optimizations, claim_id=PENDING)
    assert (wild["claimed_bytes"], wild["deadline"], wild["deadline_at"]) == (-most, most, None)
    assert len(story.read(tables.optimizations)) == 2


def test_a_claim_revealed_twice_is_one_row(story: Story) -> None:
    story.reveal(EXPIRED, ANA, NEWS)
    story.say("ProofOfOptimization", "ClaimExpired", EXPIRED, ANA, 1)
    story.reveal(EXPIRED, ANA, NEWS)

    assert story.only(tables.optimizations)["status"] == "pending"


def test_a_harvester_earns_reputation_rewards_and_land(story: Story) -> None:
    story.say("OptimizationRegistry", "SavingRecorded", ANA, SHOP, FINAL, 2048, 4096, 4)
    story.say("OptimizationRegistry", "ReputationSlashed", ANA, SLASHED, 2048, -16)
    story.say("DOMSpaceToken", "RewardQueued", 0, ANA, FINAL, MOST, MOST)
    story.say("DOMSpaceToken", "RewardQueued", 1, ANA, PENDING, 5, MOST)
    story.say("DOMSpaceToken", "RewardPaid", 0, ANA, MOST)
    story.say("VirtualLandNFT", "Transfer", bytes(20), ANA, 1)
    story.say("VirtualLandNFT", "LandMinted", 1, ANA, 5, 1, 100)

    ana = story.only(tables.harvesters, address=ANA)
    assert (ana["verified_bytes"], ana["reputation"], ana["claims_slashed"], ana["land_count"]) == (4096, -16, 1, 1)
    assert (ana["reward_wei"], ana["paid_wei"]) == (MOST + 5, MOST)
    paid, waiting = sorted(story.read(tables.rewards), key=lambda row: row["ticket"])
    assert (paid["amount_wei"], paid["claim_id"], paid["paid_block"]) == (MOST, FINAL, 7)
    assert (waiting["amount_wei"], waiting["paid_block"]) == (5, None)

    story.say("VirtualLandNFT", "Transfer", ANA, BEN, 1)
    parcel = story.only(tables.virtual_land_nfts)
    assert (parcel["owner"], parcel["harvester"], parcel["biome"], parcel["area_m2"]) == (BEN, ANA, 5, 100)
    story.chain.reorg(1)
    assert story.only(tables.virtual_land_nfts)["owner"] == ANA


def test_the_last_word_counts_for_roles_verifiers_hosts_and_parameters(story: Story) -> None:
    public_role = 2**64 - 1
    for account in (ANA, BEN):
        story.say("AccessManager", "RoleGranted", public_role, account, 60, 2**48 - 1, True)
    story.say("AccessManager", "RoleRevoked", public_role, ANA)
    story.say("ProofOfOptimization", "VerifierSet", VERA, True)
    story.say("ProofOfOptimization", "VerifierSet", VITO, True)
    story.say("ProofOfOptimization", "VerifierSet", VITO, False)
    story.say("ProofOfOptimization", "ClaimAttested", PENDING, VERA, 7, 1)
    story.say("OptimizationRegistry", "HostRegistered", SHOP, ANA, 1, b"shop.example")
    story.say("OptimizationRegistry", "HostRegistered", SHOP, BEN, 5, b"a\0\xff")
    story.say("ProofOfOptimization", "ParametersSet", 60, 1, 2, 3)
    story.say("ProofOfOptimization", "ParametersSet", 600, 2, MOST, 4)

    member = story.only(tables.role_members)
    assert (member["role_id"], member["account"], member["since"]) == (public_role, BEN, 2**48 - 1)
    by_address = {row["address"]: row for row in story.read(tables.verifiers)}
    assert (by_address[VERA]["is_verifier"], by_address[VERA]["attestations"]) == (True, 1)
    assert (by_address[VITO]["is_verifier"], by_address[VITO]["attestations"]) == (False, 0)
    host = story.only(tables.hosts)
    assert (host["owner"], host["biome"], host["host"]) == (BEN, 5, "a\ufffd\ufffd")
    assert story.only(tables.parameters)["minimum_bond_wei"] == MOST
    exact = story.read(tables.host_registered)
    assert [row["host_bytes"] for row in exact] == [b"shop.example", b"a\0\xff"]


def test_a_demand_is_open_until_its_own_end_and_again_when_that_is_undone(story: Story) -> None:
    for part in (0, 1, 2):
        story.say("ProofOfOptimization", "DemandMade", PENDING, CARA, part, 0, 7, 40, 1_800_000_000)
    story.say("ProofOfOptimization", "DemandAnswered", PENDING, 0, 0, 7, 40)
    story.say("ProofOfOptimization", "DemandMade", PENDING, CARA, 0, 0, 7, 40, 1_800_000_000)
    story.say("ProofOfOptimization", "DemandReclaimed", PENDING, CARA, 2, 0, 7)
    story.say("ProofOfOptimization", "DemandTimedOut", PENDING, CARA, 1, 0, 7)

    found = sorted(story.read(tables.demands), key=lambda row: row["made_block"])
    assert [row["status"] for row in found] == ["answered", "timed_out", "reclaimed", "open"]
    story.chain.reorg(1)
    assert story.only(tables.demands, part=1)["status"] == "open"


def test_a_reward_stream_says_what_was_collected_and_until_when_it_is_covered(story: Story) -> None:
    story.say("ProofOfOptimization", "ClaimFinalized", FINAL, ANA, SHOP, 1900, 100, 3)
    stream = story.only(tables.reward_streams)
    assert (stream["collected_wei"], stream["covered_until"], stream["collected_at"]) == (0, None, None)

    for until, collected in ((50, 30), (80, 60)):
        story.say("RewardStreams", "ServedConfirmed", FINAL, until, 3)
        story.say("RewardStreams", "RewardCollected", FINAL, ANA, SHOP, 30, collected)

    stream = story.only(tables.reward_streams, claim_id=FINAL)
    assert (stream["reward_wei"], stream["collected_wei"], stream["covered_until"]) == (100, 60, 80)
