"""An event's signature, by which its logs are known."""

from typing import Any

from core_ext.keccak import keccak256


def topic0(entry: dict[str, Any]) -> bytes:
    """keccak256 of the event's signature, for an entry of an ABI."""
    types = ",".join(canonical_type(argument) for argument in entry["inputs"])
    return keccak256(f"{entry['name']}({types})".encode())


def canonical_type(argument: dict[str, Any]) -> str:
    """The argument's type as a signature has it: a struct is its members in brackets."""
    abi_type: str = argument["type"]
    if not abi_type.startswith("tuple"):
        return abi_type
    return f"({','.join(map(canonical_type, argument['components']))}){abi_type[len('tuple') :]}"
