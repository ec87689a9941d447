"""What each kind of user does with a claim, on a real chain, with claims that core_ext built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ape
import pytest
from eth_account.messages import encode_typed_data

from scripts.deployment.parameters import EXAMPLE_HOSTS
from tests.contracts.conftest import House
from tests.contracts.pages import ClaimTuple, ProvenPage, prove

HOST = next(iter(EXAMPLE_HOSTS))
SALT = b"\x07" * 32
BOND_WEI = 10**16
SRC_BYTES, OPT_BYTES = 6, 7  # places in the claim

PAGE = (
    b"<!doctype html>\n<html>\n  <head>\n    <title>A shop</title>\n    <!-- built by hand -->\n  </head>\n  <body>\n"
    + b"".join(
        b"    <!-- product %d: " % i + b"x" * 900 + b" -->\n    <p>Price   of  %d\n\n</p>\n" % i for i in range(150)
    )
    + b"  </body>\n</html>\n"
)


@dataclass(frozen=True, slots=True)
class Shop:
    """One page of the shop and who takes part."""

    house: House
    chain: Any
    proven: ProvenPage

    @property
    def proof(self) -> Any:
        return self.house.ProofOfOptimization

    @property
    def harvester(self) -> Any:
        return self.house.accounts[1]

    @property
    def challenger(self) -> Any:
        return self.house.accounts[5]

    @property
    def liar(self) -> Any:
        return self.house.accounts[6]

    @property
    def window_seconds(self) -> int:
        return int(self.proof.windowSeconds())

    def claim(self, prover: Any) -> ClaimTuple:
        return self.proven.claim(prover.address, HOST, "/")

    def reveal(self, claim: ClaimTuple, prover: Any) -> Any:
        weth = self.house.WrappedEther
        bond_wei = self.proof.bondOf(claim[SRC_BYTES], claim[OPT_BYTES], claim[2], prover.address)
        weth.deposit(value=bond_wei, sender=prover)
        weth.approve(self.proof.address, bond_wei, sender=prover)
        claim_id = self.proof.claimIdOf(claim)
        commitment = ape.convert(claim_id, bytes) + SALT + bytes(12) + bytes.fromhex(prover.address[2:])
        from core_ext import keccak256

        self.proof.commit(keccak256(commitment), sender=prover)
        self.proof.reveal(claim, SALT, sender=prover)
        return claim_id

    def attest(self, claim: ClaimTuple, claim_id: Any, verifiers: int, bits: int = 7) -> None:
        seen_at = self.chain.blocks.head.timestamp
        signers = self.house.accounts[2 : 2 + verifiers]
        signatures = [self._sign(signer, claim, claim_id, bits, seen_at) for signer in signers]
        self.proof.attest(
            claim,
            [bits] * verifiers,
            [seen_at] * verifiers,
            [signer.address for signer in signers],
            signatures,
            sender=self.house.accounts[0],
        )

    def wait(self, seconds: int) -> None:
        # Not chain.mine(): ape asks for anvil_mine, after which anvil's clock is the wall's again.
        provider = self.chain.provider
        provider.make_request("evm_increaseTime", [seconds])
        provider.make_request("evm_mine", [])

    def _sign(self, signer: Any, claim: ClaimTuple, claim_id: Any, bits: int, seen_at: int) -> bytes:
        message = encode_typed_data(
            domain_data={
                "name": "LightDom",
                "version": "2",
                "chainId": 31337,
                "verifyingContract": self.proof.address,
            },
            message_types={
                "Attestation": [
                    {"name": "claimId", "type": "bytes32"},
                    {"name": "pageKey", "type": "bytes32"},
                    {"name": "src", "type": "bytes32"},
                    {"name": "bits", "type": "uint8"},
                    {"name": "observedAt", "type": "uint64"},
                ]
            },
            message_data={
                "claimId": bytes(claim_id),
                "pageKey": claim[1],
                "src": claim[3],
                "bits": bits,
                "observedAt": seen_at,
            },
        )
        signature: bytes = signer.sign_message(message).encode_rsv()
        return signature


@pytest.fixture
def shop(house: House, chain: Any) -> Shop:
    return Shop(house, chain, prove(PAGE))


def test_nobody_is_paid_without_the_verifiers(shop: Shop) -> None:
    claim = shop.claim(shop.harvester)
    claim_id = shop.reveal(claim, shop.harvester)
    shop.attest(claim, claim_id, 1)
    shop.wait(shop.window_seconds)

    with ape.reverts(shop.proof.QuorumMissing):
        shop.proof.finalize(claim, sender=shop.harvester)


def test_a_harvester_is_paid_for_what_it_saved_and_owns_the_land(shop: Shop) -> None:
    claim = shop.claim(shop.harvester)
    claim_id = shop.reveal(claim, shop.harvester)
    shop.attest(claim, claim_id, 3)
    shop.wait(shop.window_seconds)

    shop.proof.finalize(claim, sender=shop.house.accounts[9])

    saved = claim[SRC_BYTES] - claim[OPT_BYTES]
    reward_wei = saved * 2 * 10**17 // 1024  # a COMMERCIAL host
    token = shop.house.DOMSpaceToken
    assert shop.house.OptimizationRegistry.verifiedBytesOf(shop.harvester.address) == saved
    streams = shop.house.RewardStreams
    streams.collect(claim, sender=shop.house.accounts[9])
    first_wei = reward_wei * 20 // 100
    assert tuple(streams.streamOf(claim_id)) == (reward_wei, first_wei, first_wei)
    assert token.queuedWei() == first_wei
    token.payReward(0, sender=shop.house.accounts[9])
    assert token.balanceOf(shop.harvester.address) == first_wei
    land = shop.house.VirtualLandNFT
    land.mintEarned(shop.harvester.address, sender=shop.house.accounts[9])
    assert land.balanceOf(shop.harvester.address) == saved // (100 * 1024) == 1
    assert land.landOf(1).biome == 5
    shop.proof.withdraw(shop.house.WrappedEther.address, shop.harvester.address, sender=shop.house.accounts[9])
    assert shop.house.WrappedEther.balanceOf(shop.harvester.address) > BOND_WEI


def test_a_challenger_slashes_a_page_size_that_is_a_lie(shop: Shop) -> None:
    claim = list(shop.claim(shop.liar))
    claim[SRC_BYTES] += 100_000
    lie = tuple(claim)
    claim_id = shop.reveal(lie, shop.liar)
    shop.attest(lie, claim_id, 3)
    root = shop.proven.open_node(shop.proven.source, shop.proven.source.depth, 0)

    shop.proof.proveSum(lie, 0, root, sender=shop.challenger)

    assert shop.proof.statusOf(claim_id) == 3
    shop.wait(shop.window_seconds)
    shop.proof.settleBounty(lie, sender=shop.house.accounts[9])
    bounty_wei = shop.proof.credits(shop.house.WrappedEther.address, shop.challenger.address)
    assert bounty_wei == shop.proof.burntWei() > 0
    assert shop.house.OptimizationRegistry.reputationOf(shop.liar.address) < 0
    with ape.reverts(shop.proof.ClaimNotPending):
        shop.proof.finalize(lie, sender=shop.liar)


def test_a_challenger_slashes_a_rule_that_was_not_allowed(shop: Shop) -> None:
    claim = list(shop.claim(shop.liar))
    proven = shop.proven
    heading = proven.tokens.kinds.index(2)
    step = list(proven.open_step(heading))
    step[1:3] = [1, 0]  # DROP_COMMENT on a start tag, nothing emitted
    record = bytearray(proven.traced.steps)
    record[18 * heading : 18 * heading + 2] = bytes([1, 0])
    import core_ext

    steps = core_ext.StepTree.from_steps(bytes(record))
    claim[5] = steps.root
    lie = tuple(claim)
    claim_id = shop.reveal(lie, shop.liar)

    shop.proof.proveRule(
        lie, proven.open_source(heading), tuple(step), proven.open_optimized(0), sender=shop.challenger
    )

    assert shop.proof.statusOf(claim_id) == 3


def test_an_honest_claim_cannot_be_slashed(shop: Shop) -> None:
    claim = shop.claim(shop.harvester)
    shop.reveal(claim, shop.harvester)
    root = shop.proven.open_node(shop.proven.source, shop.proven.source.depth, 0)

    with ape.reverts(shop.proof.NoFault):
        shop.proof.proveSum(claim, 0, root, sender=shop.challenger)


def test_a_harvester_whom_no_verifier_answers_gets_its_bond_back(shop: Shop) -> None:
    claim = shop.claim(shop.harvester)
    claim_id = shop.reveal(claim, shop.harvester)
    shop.wait(2 * shop.window_seconds)

    shop.proof.expire(claim, sender=shop.harvester)

    assert shop.proof.statusOf(claim_id) == 4
    assert shop.proof.credits(shop.house.WrappedEther.address, shop.harvester.address) > 0


def test_the_pauser_stops_the_clock_and_nobody_else_can(shop: Shop) -> None:
    claim = shop.claim(shop.harvester)
    claim_id = shop.reveal(claim, shop.harvester)
    deadline = shop.proof.deadlineOf(claim_id)
    with ape.reverts():
        shop.proof.pause(sender=shop.liar)

    shop.proof.pause(sender=shop.house.accounts[0])
    shop.wait(1000)

    assert shop.proof.deadlineOf(claim_id) > deadline + 900
