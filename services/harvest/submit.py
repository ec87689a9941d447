"""A claim's way onto the chain: commit, wait a block, bond, reveal. Every step can be repeated after a crash."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from eth_abi import encode
from eth_account.signers.local import LocalAccount

from core_ext import keccak256
from services.chain import Chain, Claim, Status
from services.errors import TransactionRefused


@dataclass(frozen=True, slots=True)
class Submitted:
    """A claim on chain. `is_new` is false when it had been revealed before."""

    claim_id: bytes
    claim: Claim
    bond_wei: int
    deadline: int
    block: int
    is_new: bool


def submit(chain: Chain, account: LocalAccount, claim: Claim) -> Submitted:
    """Commits and reveals a claim with its bond; gives the one on chain when this very claim is there already."""
    proofs = chain["ProofOfOptimization"]
    claim_id = claim.claim_id(chain.chain_id, proofs.address)
    if chain.view(proofs.functions.statusOf(claim_id), "status") != Status.NONE:
        existing = find_claim(chain, claim_id=claim_id)
        if existing is not None:
            return existing
    salt = salt_of(account, claim_id)
    commitment = keccak256(encode(["bytes32", "bytes32", "address"], [claim_id, salt, account.address]))
    committed = chain.send(account, proofs.functions.commit(commitment), "commit")
    chain.wait_for_block(committed["blockNumber"] + 1)
    _bond(chain, account, claim)
    chain.send(account, proofs.functions.reveal(claim.as_tuple(), salt), "reveal")
    revealed = find_claim(chain, claim_id=claim_id)
    if revealed is None:
        raise TransactionRefused("reveal", "no ClaimRevealed event was left by it")
    return Submitted(claim_id, claim, revealed.bond_wei, revealed.deadline, revealed.block, is_new=True)


def find_claim(chain: Chain, *, claim_id: bytes | None = None, src: bytes | None = None) -> Submitted | None:
    """The newest revealed claim with this id, or of this source root, from the chain's own events."""
    proofs = chain["ProofOfOptimization"]
    wanted = {"claimId": claim_id} if claim_id is not None else {}
    logs = proofs.events.ClaimRevealed().get_logs(from_block=chain.manifest.first_block, argument_filters=wanted)
    for log in reversed(logs):
        claim = Claim.from_chain(log["args"]["claim"])
        if src is None or claim.src == src:
            arguments = log["args"]
            return Submitted(
                bytes(arguments["claimId"]),
                claim,
                arguments["bondWei"],
                arguments["deadline"],
                log["blockNumber"],
                is_new=False,
            )
    return None


def salt_of(account: LocalAccount, claim_id: bytes) -> bytes:
    """A salt that only the key's owner can know and can always find again, so a crash loses no commitment."""
    return hmac.digest(bytes(account.key), b"LightDom commit salt" + claim_id, "sha256")


def _bond(chain: Chain, account: LocalAccount, claim: Claim) -> None:
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
