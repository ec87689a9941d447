"""The manifest that a deployment leaves behind: which of our contracts are where."""

import json
from pathlib import Path
from typing import Any

from indexer.deployment import Contract, Deployment
from indexer.errors import DeploymentMissing
from indexer.sources import EVENTS


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


def _required_bits(manifest: dict[str, Any]) -> int | None:
    """An immutable of the contract that no event tells; a deployment that is not finished has not recorded it yet."""
    bits = manifest.get("parameters", {}).get("requiredBits")
    return None if bits is None else int(bits)
