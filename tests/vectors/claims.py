"""Golden vectors of ids: hosts, pages, claims, commitments and what verifiers sign."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from reference import keccak256
from reference_claim import Claim, attestation_digest, claim_id, commitment, domain_id, page_key

CHAIN_ID = 31337
CONTRACT = keccak256(b"contract")[12:]
SALT = keccak256(b"salt")
OBSERVED_AT = 1_700_000_000


def claims() -> dict[str, Any]:
    """An ordinary claim, one of zeros, and one of the largest values."""
    ordinary = Claim(
        prover=keccak256(b"prover")[12:],
        page_key=page_key(domain_id("example.org"), "/shop?item=1"),
        domain_id=domain_id("example.org"),
        src=keccak256(b"src"),
        opt=keccak256(b"opt"),
        trace=keccak256(b"trace"),
        src_bytes=155_000,
        opt_bytes=120_000,
        attested_bytes=9_000,
        n=2602,
        m=2590,
        depth_s=12,
        depth_o=12,
        ruleset=1,
        evidence=keccak256(b"evidence"),
    )
    zeros = [
        bytes(20) if name == "prover" else bytes(32) if isinstance(value, bytes) else 0
        for name, value in _items(ordinary)
    ]
    widths = {
        "src_bytes": 64,
        "opt_bytes": 64,
        "attested_bytes": 64,
        "n": 32,
        "m": 32,
        "depth_s": 8,
        "depth_o": 8,
        "ruleset": 16,
    }
    largest = [
        2 ** widths[name] - 1 if name in widths else b"\xff" * (20 if name == "prover" else 32)
        for name, _ in _items(ordinary)
    ]
    return {
        "chainId": CHAIN_ID,
        "contract": _hex(CONTRACT),
        "hosts": [
            {
                "host": host,
                "path": path,
                "domainId": _hex(domain_id(host)),
                "pageKey": _hex(page_key(domain_id(host), path)),
            }
            for host, path in (
                ("example.org", "/"),
                ("example.org", "/shop?item=1"),
                ("xn--bcher-kva.example", "/a%20b"),
            )
        ],
        "claims": [_claim(claim) for claim in (ordinary, Claim(*zeros), Claim(*largest))],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    identity = claim_id(CHAIN_ID, CONTRACT, claim)
    return {
        "claim": {
            _camel(name): _hex(value) if isinstance(value, bytes) else str(value) for name, value in _items(claim)
        },
        "claimId": _hex(identity),
        "salt": _hex(SALT),
        "commitment": _hex(commitment(identity, SALT, claim.prover)),
        "bits": 7,
        "observedAt": OBSERVED_AT,
        "attestation": _hex(attestation_digest(CHAIN_ID, CONTRACT, claim, 7, OBSERVED_AT)),
    }


def _items(claim: Claim) -> list[tuple[str, Any]]:
    return [(field.name, getattr(claim, field.name)) for field in fields(claim)]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _hex(data: bytes) -> str:
    return "0x" + data.hex()
