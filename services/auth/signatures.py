"""Whether an account signed a text: asked of the chain, in ERC-6492's order, by code that is never deployed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from services.auth.calls import Calls

LONGEST_BYTES = 16_384
_PROBE = Path(__file__).with_name("signature_probe.hex")


class ChainSignatures:
    """The check for keys' accounts, contracts, and contracts that are not deployed yet."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def is_signed(self, address: bytes, text: str, signature: bytes) -> bool:
        """Whether the account signed `text` as a personal message (EIP-191, 0x45). Raises ChainUnreachable."""
        if len(signature) > LONGEST_BYTES:
            return False
        body = text.encode()
        digest = keccak(b"\x19Ethereum Signed Message:\n%d" % len(body) + body)
        arguments = encode(["address", "bytes32", "bytes"], ["0x" + address.hex(), digest, signature])
        # A revert answers no: a factory may do anything but persuade.
        return await self._calls.create(_creation_code() + arguments) == b"\x01"


@cache
def _creation_code() -> bytes:
    return bytes.fromhex(_PROBE.read_text())
