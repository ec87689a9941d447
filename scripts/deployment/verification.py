"""Whether what runs on a chain is what the manifest and this build say. It asks the chain alone, and sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from scripts.deployment.contracts import Deployer, without_metadata
from scripts.deployment.economy import PROXIED
from scripts.deployment.manifest import Entry
from scripts.deployment.roles import FUNCTIONS, ROLES

#: Name in the manifest -> name of the Solidity contract, where they differ.
_SOURCES = {
    "AccessManager": "Authority",
    "AdminTimelock": "HouseTimelock",
    "ParameterTimelock": "HouseTimelock",
    **dict.fromkeys(PROXIED, "HouseProxy"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    contract: str
    fault: str


def verify(deployer: Deployer, contracts: Any) -> list[Finding]:
    """Everything that differs; empty if nothing does. `contracts`: ape's project."""
    found = []
    shelves = ((deployer.manifest.contracts, _SOURCES), (deployer.manifest.implementations, {}))
    for shelf, sources in shelves:
        for name, entry in sorted(shelf.items()):
            found += _code(deployer, name, entry, getattr(contracts, sources.get(name, name), None))
    for name in PROXIED:
        found += _implementation(deployer, name)
    if "AccessManager" in deployer.manifest.contracts:
        found += _roles(deployer, contracts)
    return found


def _code(deployer: Deployer, name: str, entry: Entry, container: Any) -> list[Finding]:
    code = deployer.code_at(entry.address)
    if not code:
        return [Finding(name, f"there is no code at {entry.address}")]
    if "0x" + keccak(code).hex() != entry.code_hash:
        return [Finding(name, f"the code at {entry.address} is not the one that was deployed")]
    # What others deployed (a Safe, a bond token) is compared with what stood there first, not with our build.
    if entry.creation_hash == "0x" or container is None:
        return []
    built = bytes.fromhex(container.contract_type.runtime_bytecode.bytecode.removeprefix("0x"))
    if not _is_alike(without_metadata(code), without_metadata(built)):
        return [Finding(name, "the code that runs is not the one that this source builds")]
    return []


def _is_alike(running: bytes, built: bytes) -> bool:
    """Whether two runtime codes differ at most in immutables, which are zeros in the build."""
    return len(running) == len(built) and all(theirs in (0, ours) for ours, theirs in zip(running, built, strict=True))


def _implementation(deployer: Deployer, name: str) -> list[Finding]:
    proxy = deployer.manifest.contracts.get(name)
    code = deployer.manifest.implementations.get(name)
    if proxy is None or code is None or deployer.implementation_of(proxy.address) == code.address:
        return []
    return [Finding(name, f"the proxy uses {deployer.implementation_of(proxy.address)}, not {code.address}")]


def _roles(deployer: Deployer, contracts: Any) -> list[Finding]:
    authority = contracts.Authority.at(deployer.manifest.contracts["AccessManager"].address)
    found = []
    for name, functions in FUNCTIONS.items():
        entry = deployer.manifest.contracts.get(name)
        if entry is None:
            found.append(Finding(name, "it is not in the manifest"))
            continue
        methods = {abi.name: abi for abi in getattr(contracts, name).contract_type.methods}
        for function, role in functions.items():
            selector = keccak(text=methods[function].selector)[:4]
            if authority.getTargetFunctionRole(entry.address, selector) != ROLES[role]:
                found.append(Finding(name, f"{function} is not asked for the role {role}"))
    return found
