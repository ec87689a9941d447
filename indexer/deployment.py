"""The deployment manifest: which contracts to mirror, at which addresses, from which block."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import abi
from indexer.decode import Decoder
from indexer.errors import DeploymentMissing
from indexer.sources import EVENTS


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract to mirror. `block`: the block that created it. `required_bits`: what a vote must say to count."""

    name: str
    address: bytes
    block: int
    required_bits: int | None = None

    @property
    def source(self) -> tuple[str, bytes, int]:
        """What decides which logs are mirrored."""
        return self.name, self.address, self.block


@dataclass(frozen=True, slots=True)
class Deployment:
    """The contracts to mirror, by name in alphabetical order."""

    contracts: tuple[Contract, ...]

    @property
    def start(self) -> int:
        """The first block that can have a log of ours."""
        return min(contract.block for contract in self.contracts)

    @property
    def addresses(self) -> tuple[bytes, ...]:
        return tuple(contract.address for contract in self.contracts)

    def decoder(self) -> Decoder:
        """A decoder for the events of these contracts, by the ABIs of the package."""
        decoder = Decoder()
        for contract in self.contracts:
            decoder.add(contract.address, abi.load(contract.name), EVENTS[contract.name])
        return decoder


def manifest_path(home: Path, chain_id: int) -> Path:
    """Where `ape run deploy` writes what it deployed on this chain."""
    return home / "deployments" / f"{chain_id}.json"


def read_deployment(path: Path, genesis_hash: bytes) -> Deployment:
    """The contracts that the manifest names. Raises DeploymentMissing if it is absent, foreign or unreadable."""
    try:
        manifest = json.loads(path.read_text())
        genesis = bytes.fromhex(manifest["genesisHash"].removeprefix("0x"))
        found = [
            Contract(
                name,
                bytes.fromhex(entry["address"].removeprefix("0x")),
                int(entry["block"]),
                _required_bits(manifest) if name == "ProofOfOptimization" else None,
            )
            for name, entry in manifest["contracts"].items()
            if name in EVENTS
        ]
    except FileNotFoundError as error:
        raise DeploymentMissing(path, "not there yet") from error
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DeploymentMissing(path, f"not a deployment manifest ({error!r})") from error
    if genesis != genesis_hash:
        raise DeploymentMissing(path, "it is of another chain")
    if not found:
        raise DeploymentMissing(path, "it names none of the contracts that are mirrored")
    return Deployment(tuple(sorted(found, key=lambda contract: contract.name)))


def first_change(mirrored: tuple[Contract, ...], deployed: tuple[Contract, ...]) -> int | None:
    """The first block from which the two disagree on what to mirror, None if they agree."""
    changed = {contract.source for contract in mirrored} ^ {contract.source for contract in deployed}
    return min((block for _, _, block in changed), default=None)


def _required_bits(manifest: dict[str, Any]) -> int | None:
    """An immutable of the contract that no event tells; a deployment that is not finished has not recorded it yet."""
    bits = manifest.get("parameters", {}).get("requiredBits")
    return None if bits is None else int(bits)
