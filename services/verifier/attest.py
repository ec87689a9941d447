"""A verifier node's vote: what it saw, signed as EIP-712 typed data that the contract checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from services.chain import Chain, Claim


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
    signable = encode_typed_data(full_message=_typed_data(chain, claim, bits, observed_at))
    return Vote(account.address, bits, observed_at, bytes(account.sign_message(signable).signature))


def _typed_data(chain: Chain, claim: Claim, bits: int, observed_at: int) -> dict[str, Any]:
    return {
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"},
                {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"},
                {"name": "verifyingContract", "type": "address"},
            ],
            "Attestation": [
                {"name": "claimId", "type": "bytes32"},
                {"name": "pageKey", "type": "bytes32"},
                {"name": "src", "type": "bytes32"},
                {"name": "bits", "type": "uint8"},
                {"name": "observedAt", "type": "uint64"},
            ],
        },
        "primaryType": "Attestation",
        "domain": {
            "name": "LightDom",
            "version": "2",
            "chainId": chain.chain_id,
            "verifyingContract": chain["ProofOfOptimization"].address,
        },
        "message": {
            "claimId": claim.claim_id(chain.chain_id, chain["ProofOfOptimization"].address),
            "pageKey": claim.page_key,
            "src": claim.src,
            "bits": bits,
            "observedAt": observed_at,
        },
    }
