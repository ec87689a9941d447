"""A claim as the contract knows it: the same fields in the same order, and its id (docs/PROTOCOL.md, "Claim")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum
from typing import Any

from eth_abi.abi import encode

from core_ext import keccak256

CLAIM_TYPE = (
    "(address,bytes32,bytes32,bytes32,bytes32,bytes32,uint64,uint64,uint64,uint32,uint32,uint8,uint8,uint16,bytes32)"
)


class Status(IntEnum):
    """Life of a claim on chain."""

    NONE = 0
    PENDING = 1
    FINAL = 2
    SLASHED = 3
    EXPIRED = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """What a prover says about one page. Sizes in bytes, n and m in tokens."""

    prover: str
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

    def as_tuple(self) -> tuple[Any, ...]:
        """The fields in contract order."""
        return astuple(self)

    def claim_id(self, chain_id: int, contract: str) -> bytes:
        """keccak256(abi.encode(chainid, contract, claim)), 32 bytes."""
        return keccak256(encode(["uint256", "address", CLAIM_TYPE], [chain_id, contract, self.as_tuple()]))

    @classmethod
    def from_chain(cls, value: Mapping[str, Any] | Sequence[Any]) -> Claim:
        """A claim from a decoded event or call answer, by position or by the contract's names."""
        fields: list[Any] = list(value.values()) if isinstance(value, Mapping) else list(value)
        plain: list[Any] = [bytes(field) if isinstance(field, bytes) else field for field in fields]
        return cls(*plain)


def domain_id_of(host: str) -> bytes:
    """keccak256 of the lower-case host name."""
    return keccak256(host.lower().encode())


def page_key_of(domain_id: bytes, path: str) -> bytes:
    """keccak256(abi.encode(domainId, keccak256(path)))."""
    return keccak256(domain_id + keccak256(path.encode()))
