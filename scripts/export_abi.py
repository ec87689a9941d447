"""Writes the contracts' ABIs from forge's build to indexer/abi/, where the indexer, the services and the API read them.

And the creation code of the contract that is only ever called while it is created, beside the module that does.

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

#: Name of a Solidity contract that is never deployed -> file of its creation code.
PROBES = {"SignatureProbe": ROOT / "services" / "auth" / "signature_probe.hex"}


def abi_text(source: str) -> str:
    """The ABI of one built contract, as it is committed."""
    artifact = json.loads((BUILD / f"{source}.sol" / f"{source}.json").read_text(encoding="utf-8"))
    return json.dumps(artifact["abi"], indent=2) + "\n"


def creation_text(source: str) -> str:
    """The creation code of one built contract, as it is committed."""
    artifact = json.loads((BUILD / f"{source}.sol" / f"{source}.json").read_text(encoding="utf-8"))
    return str(artifact["bytecode"]["object"]).removeprefix("0x") + "\n"


def stale() -> list[str]:
    """Names whose committed file is not what the build says."""
    return [
        name
        for name, source in CONTRACTS.items()
        if not (file := TARGET / f"{name}.json").is_file() or file.read_text(encoding="utf-8") != abi_text(source)
    ]


def stale_probes() -> list[str]:
    """Names of probes whose committed creation code is not what the build says."""
    return [
        name
        for name, file in PROBES.items()
        if not file.is_file() or file.read_text(encoding="utf-8") != creation_text(name)
    ]


def main(arguments: list[str]) -> int:
    names, probes = stale(), stale_probes()
    if "--check" in arguments:
        if names or probes:
            print(f"Stale ABIs: {', '.join([*names, *probes])}. Run: python scripts/export_abi.py")
        return 1 if names or probes else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in names:
        (TARGET / f"{name}.json").write_text(abi_text(CONTRACTS[name]), encoding="utf-8")
        print(f"Wrote indexer/abi/{name}.json")
    for name in probes:
        PROBES[name].write_text(creation_text(name), encoding="utf-8")
        print(f"Wrote {PROBES[name].relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
