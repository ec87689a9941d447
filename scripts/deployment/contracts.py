"""Puts one contract on the chain, unless the very same already stands there."""

from __future__ import annotations

from typing import Any

from eth_utils import keccak

from scripts.deployment.manifest import Entry, Manifest


class Deployer:
    """Deploys with one account and keeps the manifest. `changes` counts what this run has sent to the chain."""

    def __init__(self, account: Any, provider: Any, manifest: Manifest) -> None:
        self.account = account
        self.manifest = manifest
        self.changes = 0
        self._provider = provider

    def ensure(self, name: str, container: Any, *arguments: Any, fixed: tuple[str, ...] = ()) -> Any:
        """The contract `name` as an ape instance, deployed if missing or changed.

        `fixed`: addresses that the contract learns after its creation and can never change, so that it has to be
        deployed anew with them.
        """
        creation_hash = _creation_hash(container, arguments, fixed)
        known = self.manifest.contracts.get(name)
        if known and known.creationHash == creation_hash and self._code_hash(known.address) == known.codeHash:
            return container.at(known.address)
        # Not account.deploy(): that asks the node a dozen more questions, about proxies and publishing.
        receipt = self.account.call(container(*arguments))
        self.changes += 1
        address = receipt.contract_address
        self.manifest.contracts[name] = Entry(
            address=address,
            block=receipt.block_number,
            codeHash=self._code_hash(address),
            creationHash=creation_hash,
        )
        self.manifest.write()
        return container.at(address)

    def adopt(self, name: str, container: Any, address: str) -> Any:
        """A contract that others deployed."""
        self.manifest.contracts[name] = Entry(address, 0, self._code_hash(address), "0x")
        self.manifest.write()
        return container.at(address)

    def send(self, method: Any, *arguments: Any) -> None:
        """One transaction of the deploying account."""
        method(*arguments, sender=self.account)
        self.changes += 1

    def _code_hash(self, address: str) -> str:
        return "0x" + keccak(bytes(self._provider.get_code(address))).hex()


def _creation_hash(container: Any, arguments: tuple[Any, ...], fixed: tuple[str, ...]) -> str:
    creation = bytes.fromhex(container.contract_type.deployment_bytecode.bytecode.removeprefix("0x"))
    encoded = bytes(container.constructor.encode_input(*arguments)) if arguments else b""
    return "0x" + keccak(without_metadata(creation) + encoded + b"".join(fixed_.encode() for fixed_ in fixed)).hex()


def without_metadata(code: bytes) -> bytes:
    """The code without the CBOR that solc appends: a hash of the sources' text, which a comment changes.

    Solidity docs, "Contract Metadata": the last two bytes are the length of the CBOR before them; 0xfe parts it from the
    code.
    """
    length = int.from_bytes(code[-2:], "big")
    if length + 2 > len(code) or not code[-length - 2 : -2].startswith(b"\xa2\x64ipfs"):
        return code
    return code[: -length - 2].removesuffix(b"\xfe")
