"""A verifier node's vote: what it saw, signed as EIP-712 typed data that the contract checks."""

from __future__ import annotations

from dataclasses import dataclass

from eth_account.signers.local import LocalAccount

from services.chain import Chain, Claim
from services.chain.typed_data import sign_typed

_FIELDS = {"claimId": "bytes32", "pageKey": "bytes32", "src": "bytes32", "bits": "uint8", "observedAt": "uint64"}


@dataclass(frozen=True, slots=True)
class Vote:
    """A signed vote. `observed_at` is the chain time in seconds at which the evidence was fetched."""

    verifier: str
    bits: int
    observed_at: int
    signature: bytes


def sign_vote(chain: Chain, account: LocalAccount, claim: Claim, bits: int, observed_at: int) -> Vote:
    """Signs a vote for one claim on this chain and this contract.

    Page and source are in it by themselves: two votes that say of one page that it serves two sources at one time cost
    the signer its stake (docs/PROTOCOL.md, "Attestation").
    """
    message = {
        "claimId": claim.claim_id(chain.chain_id, chain["ProofOfOptimization"].address),
        "pageKey": claim.page_key,
        "src": claim.src,
        "bits": bits,
        "observedAt": observed_at,
    }
    signature = sign_typed(chain, account, "ProofOfOptimization", "Attestation", _FIELDS, message)
    return Vote(account.address, bits, observed_at, signature)
