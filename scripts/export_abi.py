"""Writes the contracts' ABIs from forge's build to indexer/abi/, where the indexer, the services and the API read them.

The files are generated and committed, so that Python needs no compiler;
tests/contracts/test_abi.py fails when one is stale.
Run it from the project's root after `forge build`: `python scripts/export_abi.py [--check]`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "forge" / "out"
TARGET = ROOT / "indexer" / "abi"

#: Name in the deployment manifest -> name of the Solidity contract.
CONTRACTS = {
    "AccessManager": "Authority",
    "DOMSpaceToken": "DOMSpaceToken",
    "DomainControl": "DomainControl",
    "MiningEngine": "MiningEngine",
    "ModelStorage": "ModelStorage",
    "NodeManager": "NodeManager",
    "OptimizationRegistry": "OptimizationRegistry",
    "PlanRegistry": "PlanRegistry",
    "ProofOfOptimization": "ProofOfOptimization",
    "RewardStreams": "RewardStreams",
    "VerifierStakes": "VerifierStakes",
    "VirtualLandNFT": "VirtualLandNFT",
    "WrappedEther": "WrappedEther",
}


def abi_text(source: str) -> str:
    """The ABI of one built contract, as it is committed."""
    artifact = json.loads((BUILD / f"{source}.sol" / f"{source}.json").read_text(encoding="utf-8"))
    return json.dumps(artifact["abi"], indent=2) + "\n"


def stale() -> list[str]:
    """Names whose committed file is not what the build says."""
    return [
        name
        for name, source in CONTRACTS.items()
        if not (file := TARGET / f"{name}.json").is_file() or file.read_text(encoding="utf-8") != abi_text(source)
    ]


def main(arguments: list[str]) -> int:
    names = stale()
    if "--check" in arguments:
        if names:
            print(f"Stale ABIs: {', '.join(names)}. Run: python scripts/export_abi.py")
        return len(names) and 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in names:
        (TARGET / f"{name}.json").write_text(abi_text(CONTRACTS[name]), encoding="utf-8")
        print(f"Wrote indexer/abi/{name}.json")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
