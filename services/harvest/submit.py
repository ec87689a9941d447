"""A claim's way onto the chain: commit, wait a block, bond, reveal. Every step can be repeated after a crash."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass

from eth_abi.abi import encode
from eth_account.signers.local import LocalAccount
from web3.types import EventData

from core_ext import keccak256
from services.chain import Chain, Claim, Status
from services.errors import TransactionRefused

NEXT_BLOCK_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Submitted:
    """A claim on chain. `is_new` is false when it had been revealed before."""

    claim_id: bytes
    claim: Claim
    bond_wei: int
    deadline: int
    block: int
    is_new: bool

    @property
    def key(self) -> bytes:
        """What tells it from others."""
        return self.claim_id

    @classmethod
    def from_log(cls, entry: EventData) -> Submitted:
        """What a ClaimRevealed event tells."""
        arguments = entry["args"]
        return cls(
            bytes(arguments["claimId"]),
            Claim.from_chain(arguments["claim"]),
            arguments["bondWei"],
            arguments["deadline"],
            entry["blockNumber"],
            is_new=False,
        )


def submit(
    chain: Chain, account: LocalAccount, claim: Claim, tell: Callable[[str], None] = lambda line: None
) -> Submitted:
    """Commits and reveals a claim with its bond; gives the one on chain when this very claim is there already.

    `tell` gets one line for each thing that happened.
    """
    proofs = chain["ProofOfOptimization"]
    claim_id = claim.claim_id(chain.chain_id, proofs.address)
    if chain.view(proofs.functions.statusOf(claim_id), "status") != Status.NONE:
        existing = find_claim(chain, claim_id=claim_id)
        if existing is not None:
            return existing
    salt = salt_of(account, claim_id)
    commitment = keccak256(encode(["bytes32", "bytes32", "address"], [claim_id, salt, account.address]))
    bond_wei = _bond(chain, account, claim)
    tell(f"bond      {bond_wei} wei may be pulled")
    _commit(chain, account, commitment)
    tell("committed; it can be revealed one block later")
    _reveal(chain, account, claim, salt)
    tell(f"revealed  0x{claim_id.hex()}")
    revealed = find_claim(chain, claim_id=claim_id)
    if revealed is None:
        raise TransactionRefused("reveal", "no ClaimRevealed event was left by it")
    return Submitted(claim_id, claim, revealed.bond_wei, revealed.deadline, revealed.block, is_new=True)


def find_claim(chain: Chain, *, claim_id: bytes | None = None, src: bytes | None = None) -> Submitted | None:
    """The newest revealed claim with this id, or of this source root, from the chain's own events."""
    proofs = chain["ProofOfOptimization"]
    wanted = {"claimId": claim_id} if claim_id is not None else {}
    logs = proofs.events.ClaimRevealed().get_logs(from_block=chain.manifest.first_block, argument_filters=wanted)
    revealed = (Submitted.from_log(entry) for entry in reversed(logs))
    return next((each for each in revealed if src is None or each.claim.src == src), None)


def salt_of(account: LocalAccount, claim_id: bytes) -> bytes:
    """A salt that only the key's owner can know and can always find again, so a crash loses no commitment."""
    return hmac.digest(bytes(account.key), b"LightDom commit salt" + claim_id, "sha256")


def _commit(chain: Chain, account: LocalAccount, commitment: bytes) -> None:
    try:
        chain.send(account, chain["ProofOfOptimization"].functions.commit(commitment), "commit")
    except TransactionRefused as error:
        # Left by a run that was cut short; a stale one is refused at the reveal, with its own reason.
        if not error.reason.startswith("CommitmentKnown"):
            raise


def _reveal(chain: Chain, account: LocalAccount, claim: Claim, salt: bytes) -> None:
    """Reveals in the first block that may hold it: one after the commitment's."""
    give_up = time.monotonic() + NEXT_BLOCK_SECONDS
    call = chain["ProofOfOptimization"].functions.reveal(claim.as_tuple(), salt)
    while True:
        try:
            chain.send(account, call, "reveal")
            return
        except TransactionRefused as error:
            if not error.reason.startswith("CommitmentTooYoung") or time.monotonic() > give_up:
                raise
            time.sleep(0.5)


def _bond(chain: Chain, account: LocalAccount, claim: Claim) -> int:
    """Lets the contract pull the bond; on chains where the bond token is wrapped ether, wraps what is missing."""
    proofs, token = chain["ProofOfOptimization"], chain["WrappedEther"]
    bond = chain.view(
        proofs.functions.bondOf(claim.src_bytes, claim.opt_bytes, claim.domain_id, account.address), "bond"
    )
    balance = chain.view(token.functions.balanceOf(account.address), "balance")
    if balance < bond:
        chain.send(account, token.functions.deposit(), "deposit", value_wei=bond - balance)
    if chain.view(token.functions.allowance(account.address, proofs.address), "allowance") < bond:
        chain.send(account, token.functions.approve(proofs.address, bond), "approve")
    return int(bond)
