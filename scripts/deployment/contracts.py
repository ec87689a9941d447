"""Puts one contract on the chain, unless the very same already stands there."""

from __future__ import annotations

import re
from typing import Any

from eth_utils.crypto import keccak

from scripts.deployment.manifest import Entry, Manifest

_METADATA = re.compile(rb"\xa2\x64ipfs\x58\x22\x12\x20.{32}\x64solc\x43.{3}\x00\x33", re.DOTALL)


class NothingThere(Exception):
    """No contract stands at an address that was given for one: look the address up, and on which chain it is."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(f"no code at {address}, which was given for {name}")
        self.name = name
        self.address = address


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
        creation_hash, source_hash = _hashes(container, arguments, fixed)
        known = self.manifest.contracts.get(name)
        # A comment changes the metadata alone; and solc's code, but not its metadata, may differ by a byte with the
        # other files that happen to be compiled along. Only both together are a changed contract.
        is_same = known and (known.creation_hash == creation_hash or known.source_hash == source_hash)
        if known and is_same and self._code_hash(known.address) == known.code_hash:
            return container.at(known.address)
        # Not account.deploy(): that asks the node a dozen more questions, about proxies and publishing.
        creation = container(*arguments)
        creation.sender = self.account.address
        receipt = self.account.call(creation)
        self.changes += 1
        address = receipt.contract_address
        self.manifest.contracts[name] = Entry(
            address=address,
            block=receipt.block_number,
            code_hash=self._code_hash(address),
            creation_hash=creation_hash,
            source_hash=source_hash,
        )
        self.manifest.write()
        return container.at(address)

    def adopt(self, name: str, container: Any, address: str) -> Any:
        """A contract that others deployed. Raises NothingThere."""
        if not bytes(self._provider.get_code(address)):
            raise NothingThere(name, address)
        self.manifest.contracts[name] = Entry(address, 0, self._code_hash(address), "0x", "0x")
        self.manifest.write()
        return container.at(address)

    def send(self, method: Any, *arguments: Any, value_wei: int = 0) -> None:
        """One transaction of the deploying account."""
        method(*arguments, sender=self.account, **({"value": value_wei} if value_wei else {}))
        self.changes += 1

    def _code_hash(self, address: str) -> str:
        return "0x" + keccak(bytes(self._provider.get_code(address))).hex()


def _hashes(container: Any, arguments: tuple[Any, ...], fixed: tuple[str, ...]) -> tuple[str, str]:
    creation = bytes.fromhex(container.contract_type.deployment_bytecode.bytecode.removeprefix("0x"))
    rest = bytes(container.constructor.encode_input(*arguments)) if arguments else b""
    rest += "".join(fixed).encode()
    metadata = b"".join(_METADATA.findall(creation))
    return "0x" + keccak(without_metadata(creation) + rest).hex(), "0x" + keccak(metadata + rest).hex()


def without_metadata(code: bytes) -> bytes:
    """The code without the hash of the sources' text that solc puts in, which a mere comment changes.

    Solidity docs, "Contract Metadata": CBOR of that hash (a CIDv0 digest) and the compiler's version. It ends the
    runtime code; in creation code more may follow.
    """
    return _METADATA.sub(b"", code)
