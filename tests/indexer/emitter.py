"""The Emitter contract, compiled by the project's own solc."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_SOURCE = Path("tests/indexer/contracts/Emitter.sol")


@cache
def compiled() -> tuple[list[dict[str, Any]], str]:
    """ABI and creation code."""
    task = {
        "language": "Solidity",
        "sources": {str(_SOURCE): {"content": (ROOT / _SOURCE).read_text()}},
        "settings": {
            "remappings": ["@openzeppelin/=node_modules/@openzeppelin/"],
            "evmVersion": "cancun",
            "optimizer": {"enabled": True, "runs": 200},
            "outputSelection": {"*": {"Emitter": ["abi", "evm.bytecode.object"]}},
        },
    }
    solc = ROOT / "scripts" / "solc" / "solc-v0.8.37"
    done = subprocess.run(
        [solc, "--base-path", ".", "--standard-json"],
        input=json.dumps(task).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    answer = json.loads(done.stdout)
    errors = [e["formattedMessage"] for e in answer.get("errors", []) if e["severity"] == "error"]
    assert not errors, errors
    contract = answer["contracts"][str(_SOURCE)]["Emitter"]
    return contract["abi"], "0x" + contract["evm"]["bytecode"]["object"]
