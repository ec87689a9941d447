"""Puts one contract on the chain, unless the very same already stands there."""

from __future__ import annotations

import re
from typing import Any

from ape.exceptions import ProviderError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from scripts.deployment.manifest import Entry, Manifest

#: ERC-1967: keccak256("eip1967.proxy.implementation") - 1.
_IMPLEMENTATION_SLOT = 0x360894A13BA1A3210667C828492DB98DCA3E2076CC3735A920A3CA505D382BBC

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
        return self._ensure(self.manifest.contracts, name, container, arguments, _hashes(container, arguments, fixed))

    def ensure_proxied(
        self, name: str, container: Any, proxy: Any, arguments: tuple[Any, ...], initial: tuple[Any, ...]
    ) -> Any:
        """The contract `name` behind its proxy. `arguments` are its constructor's, `initial` those of `initialize`.

        A proxy that stands stays, whatever becomes of its code: `upgrade` gives it the new one.
        """
        code = self._ensure(
            self.manifest.implementations, name, container, arguments, _hashes(container, arguments, ())
        )
        call = bytes(code.initialize.encode_input(*initial))
        creation = bytes.fromhex(proxy.contract_type.deployment_bytecode.bytecode.removeprefix("0x"))
        # Not the implementation's address: that changes with every upgrade.
        identity = "0x" + keccak(without_metadata(creation) + call).hex()
        standing = self._ensure(self.manifest.contracts, name, proxy, (code.address, call), (identity, identity))
        return container.at(standing.address)

    def upgrade(self, name: str, proxied: Any) -> bool:
        """Gives a proxy the code that the manifest names; true if it had another."""
        address = self.manifest.implementations[name].address
        if self.implementation_of(proxied.address) == address:
            return False
        self.send(proxied.upgradeToAndCall, address, b"")
        return True

    def implementation_of(self, proxy_address: str) -> str:
        """Which code a proxy uses now, by the chain."""
        word = bytes(self._provider.get_storage(proxy_address, _IMPLEMENTATION_SLOT))
        return str(to_checksum_address(word[-20:]))

    def adopt(self, name: str, container: Any, address: str) -> Any:
        """A contract that others deployed. Raises NothingThere."""
        self.note(name, address)
        return container.at(address)

    def note(self, name: str, address: str) -> None:
        """Names a contract of others in the manifest. Raises NothingThere."""
        if not bytes(self._provider.get_code(address)):
            raise NothingThere(name, address)
        self.manifest.contracts[name] = Entry(address, 0, self._code_hash(address), "0x", "0x")
        self.manifest.write()

    def number_at(self, address: str, function: str) -> int | None:
        """What a view without arguments answers; None if it answers nothing or not a number."""
        call = {"to": address, "data": "0x" + keccak(text=function)[:4].hex()}
        try:
            answer = self._provider.make_request("eth_call", [call, "latest"])
        except ProviderError:
            return None
        return int(answer, 16) if len(answer) == 66 else None

    def send(self, method: Any, *arguments: Any, value_wei: int = 0) -> None:
        """One transaction of the deploying account."""
        method(*arguments, sender=self.account, **({"value": value_wei} if value_wei else {}))
        self.changes += 1

    def _ensure(
        self,
        shelf: dict[str, Entry],
        name: str,
        container: Any,
        arguments: tuple[Any, ...],
        hashes: tuple[str, str],
    ) -> Any:
        creation_hash, source_hash = hashes
        known = shelf.get(name)
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
        shelf[name] = Entry(
            address=address,
            block=receipt.block_number,
            code_hash=self._code_hash(address),
            creation_hash=creation_hash,
            source_hash=source_hash,
        )
        self.manifest.write()
        return container.at(address)

    def code_at(self, address: str) -> bytes:
        """The runtime code that stands there; empty if none does."""
        return bytes(self._provider.get_code(address))

    def _code_hash(self, address: str) -> str:
        return "0x" + keccak(self.code_at(address)).hex()


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
