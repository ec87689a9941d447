"""ape and forge build the same code but for the metadata's hash: what forge fuzzes is what ape deploys."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from scripts.deployment.contracts import without_metadata
from scripts.export_abi import BUILD

ROOT = Path(__file__).parents[2]
CONTRACTS = (
    "Authority",
    "DOMSpaceToken",
    "HouseProxy",
    "MiningEngine",
    "ModelStorage",
    "NodeManager",
    "OptimizationRegistry",
    "PlanRegistry",
    "ProofOfOptimization",
    "RuleSet1",
    "VirtualLandNFT",
    "WrappedEther",
)


def test_both_compilers_agree_on_every_contract(provider: Any) -> None:
    from ape import project

    sources = [str(next((ROOT / "contracts").rglob(f"{name}.sol"))) for name in CONTRACTS]
    subprocess.run(["forge", "build", *sources], cwd=ROOT, check=True, capture_output=True, timeout=280)
    for name in CONTRACTS:
        artifact = json.loads((BUILD / f"{name}.sol" / f"{name}.json").read_text())
        theirs = bytes.fromhex(artifact["bytecode"]["object"].removeprefix("0x"))
        container = getattr(project, name)
        ours = bytes.fromhex(container.contract_type.deployment_bytecode.bytecode.removeprefix("0x"))
        if without_metadata(ours) != without_metadata(theirs):
            # solc's code may differ by a byte with the other files that are compiled along: now this one alone.
            ours = alone(project, container)
        assert without_metadata(ours) == without_metadata(theirs), name


def alone(project: Any, container: Any) -> bytes:
    """The creation code of a contract compiled with what it imports and no file more."""
    name = container.contract_type.name
    found = project.load_contracts(container.contract_type.source_id, use_cache=False)[name]
    return bytes.fromhex(found.contract_type.deployment_bytecode.bytecode.removeprefix("0x"))


def test_a_comment_is_no_change_of_code() -> None:
    code = bytes.fromhex("6080604052")
    cbor = bytes.fromhex("a2646970667358221220") + bytes(range(32)) + bytes.fromhex("64736f6c63430008250033")
    assert without_metadata(code + cbor + b"data") == code + b"data"
    assert without_metadata(code) == code
