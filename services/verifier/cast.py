"""Bringing votes to the chain: signed by each key, sent in one transaction by the first."""

from __future__ import annotations

from collections.abc import Sequence

from eth_account.signers.local import LocalAccount

from services.chain import Chain
from services.errors import WouldEquivocate
from services.harvest import Submitted
from services.verifier.attest import sign_vote
from services.verifier.check import SERVED
from services.verifier.journal import Journal


def cast(chain: Chain, submitted: Submitted, keys: Sequence[LocalAccount], bits: int, journal: Journal) -> None:
    """Votes `bits` with every key. Raises TransactionRefused, and WouldEquivocate before anything is signed."""
    observed_at, claim = chain.time(), submitted.claim
    if bits & SERVED and not journal.enter(claim.page_key, claim.src, observed_at):
        raise WouldEquivocate(submitted.claim_id, journal.span_seconds)
    votes = [sign_vote(chain, key, claim, bits, observed_at) for key in keys]
    call = chain["ProofOfOptimization"].functions.attest(
        submitted.claim.as_tuple(),
        [vote.bits for vote in votes],
        [vote.observed_at for vote in votes],
        [vote.verifier for vote in votes],
        [vote.signature for vote in votes],
    )
    chain.send(keys[0], call, "attest")


def voters(chain: Chain, submitted: Submitted) -> set[str]:
    """Addresses that have voted on a claim; a further vote of theirs would be passed over."""
    event = chain["ProofOfOptimization"].events.ClaimAttested()
    logs = event.get_logs(from_block=submitted.block, argument_filters={"claimId": submitted.claim_id})
    return {entry["args"]["verifier"] for entry in logs}


def required_bits(chain: Chain) -> int:
    """What a vote must say to count on this chain."""
    return int(chain.view(chain["ProofOfOptimization"].functions.requiredBits(), "requiredBits"))
