"""Custom errors of our contracts in words: from revert data to `WindowOpen(deadline=1700000000)`."""

from __future__ import annotations

from functools import cache
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from core_ext import keccak256
from indexer import abi

_CONTRACTS = (
    "AccessManager",
    "DOMSpaceToken",
    "DomainControl",
    "OptimizationRegistry",
    "ProofOfOptimization",
    "RewardStreams",
    "VerifierStakes",
    "VirtualLandNFT",
    "WrappedEther",
)


def describe_revert(error: Exception) -> str:
    """The decoded custom error, or the node's own words where the selector is not one of ours."""
    data = getattr(error, "data", None)
    if isinstance(data, str) and data.startswith("0x") and len(data) >= 10:
        raw = bytes.fromhex(data[2:])
        known = _errors().get(raw[:4])
        if known is not None:
            name, inputs = known
            try:
                values = decode([_type_of(item) for item in inputs], raw[4:])
            except DecodingError:
                return name
            names = (item["name"] or str(index) for index, item in enumerate(inputs))
            shown = (f"{field}={_show(value)}" for field, value in zip(names, values, strict=True))
            return f"{name}({', '.join(shown)})"
    return str(error)


@cache
def _errors() -> dict[bytes, tuple[str, list[dict[str, Any]]]]:
    table: dict[bytes, tuple[str, list[dict[str, Any]]]] = {}
    for contract in _CONTRACTS:
        for item in abi.load(contract):
            if item["type"] == "error":
                signature = f"{item['name']}({','.join(_type_of(field) for field in item['inputs'])})"
                table[keccak256(signature.encode())[:4]] = (item["name"], item["inputs"])
    return table


def _type_of(field: dict[str, Any]) -> str:
    kind = str(field["type"])
    if kind.startswith("tuple"):
        return f"({','.join(_type_of(part) for part in field['components'])}){kind[5:]}"
    return kind


def _show(value: object) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)
