"""Sending a proof, and taking what it brings."""

from __future__ import annotations

from eth_account.signers.local import LocalAccount

from services.chain import Chain
from services.challenger.choose import Candidate
from services.harvest import Submitted


def slash(chain: Chain, key: LocalAccount, submitted: Submitted, proof: Candidate) -> int:
    """Slashes a claim and withdraws the bounty to the same key; gives the bounty in wei.

    Raises TransactionRefused, also where somebody else was first.
    """
    chain.send(key, proof.call, f"proof of {proof.finding.fault.name.lower()}")
    event = chain["ProofOfOptimization"].events.ClaimSlashed()
    logs = event.get_logs(from_block=submitted.block, argument_filters={"claimId": submitted.claim_id})
    withdraw(chain, key)
    return sum(entry["args"]["bountyWei"] for entry in logs[-1:] if entry["args"]["challenger"] == key.address)


def withdraw(chain: Chain, key: LocalAccount) -> None:
    """Takes all that the contract owes to a key."""
    proofs, token = chain["ProofOfOptimization"], chain["WrappedEther"]
    if chain.view(proofs.functions.credits(token.address, key.address), "credits"):
        chain.send(key, proofs.functions.withdraw(token.address, key.address), "withdraw")
