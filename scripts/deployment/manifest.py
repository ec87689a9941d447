"""The deployment manifest: `$LIGHTDOM_HOME/deployments/<chain id>.json`.

It is written whole or not at all, after every contract, so that a deployment killed in the middle goes on where it was.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One deployed contract. Hashes are keccak-256, hex with 0x."""

    address: str
    block: int
    code_hash: str
    """Of the runtime code, as it stands on the chain."""
    creation_hash: str
    """Of the creation code without the compiler's metadata, its arguments, and what else must not change below it."""
    source_hash: str
    """The same with the metadata, which names sources and settings, in the code's place."""


@dataclass(slots=True)
class Manifest:
    """The contracts of one chain. Mutable: it grows with the deployment."""

    path: Path
    chain_id: int
    genesis_hash: str
    deployer: str
    contracts: dict[str, Entry] = field(default_factory=dict)
    implementations: dict[str, Entry] = field(default_factory=dict)
    """The code behind those of them that are proxies, by the proxy's name."""
    parameters: dict[str, Any] = field(default_factory=dict)

    def write(self) -> None:
        document = {
            "chainId": self.chain_id,
            "genesisHash": self.genesis_hash,
            "deployer": self.deployer,
            "contracts": {name: _to_json(entry) for name, entry in sorted(self.contracts.items())},
            "implementations": {name: _to_json(entry) for name, entry in sorted(self.implementations.items())},
            "parameters": self.parameters,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self.path)


def open_manifest(home: Path, chain_id: int, genesis_hash: str, deployer: str) -> Manifest:
    """What was deployed here before; empty where nothing was, or where the file is of another chain of the same id."""
    path = home / "deployments" / f"{chain_id}.json"
    empty = Manifest(path, chain_id, genesis_hash, deployer)
    if not path.is_file():
        return empty
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["genesisHash"] != genesis_hash:
        return empty
    contracts = _from_json(document["contracts"])
    implementations = _from_json(document.get("implementations", {}))
    return Manifest(path, chain_id, genesis_hash, deployer, contracts, implementations, document["parameters"])


def _from_json(entries: dict[str, Any]) -> dict[str, Entry]:
    return {
        name: Entry(
            entry["address"], entry["block"], entry["codeHash"], entry["creationHash"], entry.get("sourceHash", "0x")
        )
        for name, entry in entries.items()
    }


def _to_json(entry: Entry) -> dict[str, Any]:
    return {
        "address": entry.address,
        "block": entry.block,
        "codeHash": entry.code_hash,
        "creationHash": entry.creation_hash,
        "sourceHash": entry.source_hash,
    }
