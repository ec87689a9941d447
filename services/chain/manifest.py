"""The deployment manifest: which contract is where on which chain. Written by `ape run deploy`, only read here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.errors import NotDeployed


@dataclass(frozen=True, slots=True)
class Deployed:
    """One contract: checksummed address, block of its creation, keccak-256 of its runtime code."""

    address: str
    block: int
    code_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All contracts of one chain."""

    chain_id: int
    genesis_hash: str
    contracts: Mapping[str, Deployed]

    @property
    def first_block(self) -> int:
        """The block from which our events can occur."""
        return min(contract.block for contract in self.contracts.values())


def read_manifest(folder: Path, chain_id: int) -> Manifest:
    """The manifest of a chain; raises NotDeployed when there is none or it is not one."""
    path = folder / f"{chain_id}.json"
    try:
        document = json.loads(path.read_text())
        contracts = {
            name: Deployed(entry["address"], int(entry["block"]), entry["codeHash"])
            for name, entry in document["contracts"].items()
        }
        return Manifest(int(document["chainId"]), document["genesisHash"], contracts)
    except FileNotFoundError as error:
        raise NotDeployed(f"no deployment manifest for chain {chain_id} at {path}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotDeployed(f"{path} is not a deployment manifest: {error!r}") from error
