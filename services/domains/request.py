"""Requests to be known as the owner of a host: found on the chain, where the first verifier's vote names the host.

The event has the host's hash alone, its name is in the call itself. A vote that came through another contract cannot be
read; whoever wants it followed calls `vote` directly, as our nodes do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from eth_abi.abi import encode

from core_ext import keccak256
from services.chain import Chain


class Biome(IntEnum):
    """What a host is about; the contract's numbers."""

    DIGITAL = 0
    ENTERTAINMENT = 1
    COMMUNITY = 2
    KNOWLEDGE = 3
    SOCIAL = 4
    COMMERCIAL = 5
    PROFESSIONAL = 6
    PRODUCTION = 7


@dataclass(frozen=True, slots=True)
class Request:
    """That `owner` controls `host`; `nonce` is how often the host was confirmed before. `block` is its first vote's."""

    host: str
    owner: str
    biome: Biome
    nonce: int
    block: int

    @property
    def key(self) -> bytes:
        """Its id in the contract, 32 bytes."""
        values = [keccak256(self.host.encode()), self.owner, int(self.biome), self.nonce]
        return keccak256(encode(["bytes32", "address", "uint8", "uint64"], values))


def requests_made(chain: Chain, first_block: int, last_block: int) -> Iterator[Request]:
    """Requests that got a vote in these blocks, each once for every vote."""
    control = chain["DomainControl"]
    for entry in control.events.DomainVoted().get_logs(from_block=first_block, to_block=last_block):
        transaction = chain.web3.eth.get_transaction(entry["transactionHash"])
        try:
            function, arguments = control.decode_function_input(transaction["input"])
        except ValueError:
            continue
        host = arguments.get("host")
        if function.fn_name != "vote" or keccak256(host.encode()) != bytes(entry["args"]["domainId"]):
            continue
        made = entry["args"]
        yield Request(host, made["owner"], Biome(made["biome"]), made["nonce"], entry["blockNumber"])
