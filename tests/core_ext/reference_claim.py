"""The slow oracle of ids: host, page, claim, commitment, and what a verifier signs (docs/PROTOCOL.md, 3 and 6)."""

from __future__ import annotations

from dataclasses import dataclass, fields

from reference import keccak256


@dataclass(frozen=True, slots=True)
class Claim:
    """All fields of a claim, in the order of the contract."""

    prover: bytes
    page_key: bytes
    domain_id: bytes
    src: bytes
    opt: bytes
    trace: bytes
    src_bytes: int
    opt_bytes: int
    attested_bytes: int
    n: int
    m: int
    depth_s: int
    depth_o: int
    ruleset: int
    evidence: bytes


def domain_id(host: str) -> bytes:
    return keccak256(host.encode())


def page_key(domain: bytes, path: str) -> bytes:
    return keccak256(domain + keccak256(path.encode()))


def claim_id(chain_id: int, contract: bytes, claim: Claim) -> bytes:
    """keccak256(abi.encode(chain id, contract, claim)): every field is static, so each is one word."""
    values = [getattr(claim, field.name) for field in fields(claim)]
    return keccak256(b"".join(word(value) for value in (chain_id, contract, *values)))


def commitment(claim: bytes, salt: bytes, sender: bytes) -> bytes:
    return keccak256(claim + salt + word(sender))


def attestation_digest(chain_id: int, contract: bytes, claim: Claim, bits: int, observed_at: int) -> bytes:
    """EIP-712."""
    domain_type = b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    domain = [keccak256(domain_type), keccak256(b"LightDom"), keccak256(b"2"), word(chain_id), word(contract)]
    vote = [
        keccak256(b"Attestation(bytes32 claimId,bytes32 pageKey,bytes32 src,uint8 bits,uint64 observedAt)"),
        claim_id(chain_id, contract, claim),
        claim.page_key,
        claim.src,
        word(bits),
        word(observed_at),
    ]
    return keccak256(b"\x19\x01" + keccak256(b"".join(domain)) + keccak256(b"".join(vote)))


def word(value: int | bytes) -> bytes:
    """One ABI word: a number or an address, padded on the left."""
    return value.to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\x00")
