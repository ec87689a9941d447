"""Logs as contracts would write them, with values from the edges of their types, said by Emitters on a chain."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from indexer import abi
from indexer.signature import topic0
from indexer.sources import EVENTS
from tests.indexer.anvil import Anvil
from tests.indexer.emitter import compiled

Raw = tuple[list[bytes], bytes]

_TEXTS = (b"", b"shop.example", b"a\0b", b"\xff\xfe\xc3(", "höst.例え".encode(), b"\xed\xa0\x80", b"x" * 6000)
_EMIT_RAW = keccak(text="emitRaw((bytes32[],bytes)[])")[:4]


@dataclass(frozen=True, slots=True)
class Emitters:
    """One Emitter in the place of each contract, by the contract's name."""

    chain: Anvil
    addresses: dict[str, str]
    block: int

    def emit(self, contract: str, logs: list[Raw]) -> None:
        """Sends a transaction that emits these logs from the contract; it takes part in the next block."""
        call = _EMIT_RAW + encode(["(bytes32[],bytes)[]"], [logs])
        self.chain.send(self.addresses[contract], "0x" + call.hex())

    def write_manifest(self, home: Path, **changes: Any) -> None:
        """The manifest that `ape run deploy` would have written for these."""
        manifest = {
            "chainId": 31337,
            "genesisHash": "0x" + self.chain.block_hash(0).hex(),
            "contracts": {
                name: {"address": address, "block": self.block, "codeHash": "0x" + bytes(32).hex()}
                for name, address in self.addresses.items()
            },
        } | changes
        path = home / "deployments" / "31337.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_suffix(".new")
        whole.write_text(json.dumps(manifest))
        whole.replace(path)


def deploy(chain: Anvil) -> Emitters:
    """Emitters in one block, and a block on top."""
    sent = {name: chain.send(None, compiled()[1]) for name in EVENTS}
    chain.mine()
    receipts = {name: chain.call("eth_getTransactionReceipt", tx) for name, tx in sent.items()}
    block = chain.head
    chain.mine()
    return Emitters(chain, {name: receipt["contractAddress"] for name, receipt in receipts.items()}, block)


def event_entries(contract: str) -> list[dict[str, Any]]:
    """The events in the contract's ABI that are mirrored."""
    return [entry for entry in abi.load(contract) if entry["type"] == "event" and entry["name"] in EVENTS[contract]]


def random_event(source: random.Random, contracts: Iterable[str] = EVENTS) -> tuple[str, Raw]:
    """A contract, one of these, and a log of one of its events."""
    contract = source.choice(sorted(contracts))
    entry = source.choice(event_entries(contract))
    values = [random_value(source, argument) for argument in entry["inputs"]]
    if entry["name"] == "ClaimRevealed":
        # The real contract writes prover and domain twice, from the same claim.
        claim = list(values[3])
        claim[0], claim[2] = values[1], values[2]
        values[3] = tuple(claim)
    return contract, encode_log(entry, values)


def random_value(source: random.Random, argument: dict[str, Any]) -> Any:
    """A value of the argument's type: often its least or greatest."""
    abi_type = argument["type"]
    if abi_type == "tuple":
        return tuple(random_value(source, component) for component in argument["components"])
    if abi_type in ("string", "bytes"):
        return source.choice((*_TEXTS, source.randbytes(source.randrange(100))))
    if abi_type == "bool":
        return source.random() < 0.5
    if abi_type == "address":
        return source.choice((bytes(20), b"\xff" * 20, source.randbytes(20)))
    if abi_type.startswith("bytes"):
        size = int(abi_type[5:])
        return source.choice((bytes(size), b"\xff" * size, source.randbytes(size), bytes(size - 1) + b"\1"))
    bits = int(abi_type.removeprefix("u").removeprefix("int"))
    least, most = (0, 2**bits - 1) if abi_type.startswith("u") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return source.choice((least, most, source.randint(0, min(most, 9)), source.randint(least, most)))


def encode_log(entry: dict[str, Any], values: list[Any]) -> Raw:
    """Topics and data of an event with these values. Text is given as bytes, which is encoded alike."""
    topics, types, data = [topic0(entry)], [], []
    for argument, value in zip(entry["inputs"], values, strict=True):
        if argument["indexed"]:
            topics.append(encode([_as_bytes(argument)], [value]))
        else:
            types.append(_as_bytes(argument))
            data.append(value)
    return topics, encode(types, data)


def _as_bytes(argument: dict[str, Any]) -> str:
    if argument["type"] == "tuple":
        return f"({','.join(map(_as_bytes, argument['components']))})"
    return "bytes" if argument["type"] == "string" else str(argument["type"])
