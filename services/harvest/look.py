"""A claim as the chain tells it: status, votes, and what came of it, from views and events alone."""

from __future__ import annotations

from dataclasses import dataclass

from services.chain import Chain, Claim, Status
from services.errors import ServiceError
from services.harvest.submit import find_claim


class ClaimUnknown(ServiceError):
    """No claim with this id was ever revealed here."""

    code = "CLAIM_UNKNOWN"

    def __init__(self, claim_id: bytes) -> None:
        super().__init__(f"no claim 0x{claim_id.hex()} on this chain", "Check the id and LIGHTDOM_RPC_URL.")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What has happened to a claim. Amounts in wei, times in chain seconds; None where it has not happened."""

    claim_id: bytes
    claim: Claim
    status: Status
    votes: int
    bond_wei: int
    deadline: int
    revealed_block: int
    saved_bytes: int | None
    reward_wei: int | None
    is_paid: bool
    challenger: str | None
    bounty_wei: int | None


def look(chain: Chain, claim_id: bytes) -> ClaimView:
    """Reads a claim; raises ClaimUnknown."""
    revealed = find_claim(chain, claim_id=claim_id)
    if revealed is None:
        raise ClaimUnknown(claim_id)
    proofs, dsh = chain["ProofOfOptimization"], chain["DOMSpaceToken"]
    first = revealed.block
    only = {"claimId": claim_id}
    votes = proofs.events.ClaimAttested().get_logs(from_block=first, argument_filters=only)
    finals = proofs.events.ClaimFinalized().get_logs(from_block=first, argument_filters=only)
    slashes = proofs.events.ClaimSlashed().get_logs(from_block=first, argument_filters=only)
    tickets = dsh.events.RewardQueued().get_logs(from_block=first, argument_filters={"reason": claim_id})
    paid = [
        dsh.events.RewardPaid().get_logs(from_block=first, argument_filters={"ticket": ticket["args"]["ticket"]})
        for ticket in tickets
    ]
    final = finals[-1]["args"] if finals else None
    slash = slashes[-1]["args"] if slashes else None
    return ClaimView(
        claim_id=claim_id,
        claim=revealed.claim,
        status=Status(chain.view(proofs.functions.statusOf(claim_id), "status")),
        votes=len({vote["args"]["verifier"] for vote in votes}),
        bond_wei=revealed.bond_wei,
        deadline=revealed.deadline,
        revealed_block=first,
        saved_bytes=final["savedBytes"] if final else None,
        reward_wei=final["rewardWei"] if final else None,
        is_paid=bool(paid) and all(paid),
        challenger=slash["challenger"] if slash else None,
        bounty_wei=slash["bountyWei"] if slash else None,
    )
