"""Gas: the snapshots are fresh, and every figure is within the protocol's, or within what its reason allows."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "snapshots"

#: Whole transactions at depth twelve of the protocol's trial (docs/contracts.md, "Gas").
BAR = {
    "commit": 68_000,
    "reveal": 187_000,
    "attest 5 of 7": 210_000,
    "finalize": 108_000,
    "withdraw": 34_000,
    "demand": 83_000,
    "answer": 87_000,
    "timeout": 88_000,
    "proveSum": 92_000,
    "proveToken": 101_000,
    "proveStep": 140_000,
    "proveStep by tokens": 140_000,
    "proveNest": 182_000,
    "proveNest by a parent": 182_000,
    "proveRule": 150_000,
    "proveRule 1 KiB": 500_000,
}
#: More than the trial, for what docs/contracts.md names: a role check, hostile tokens, what may break out.
ALLOWED = {"finalize": 118_000, "withdraw": 42_000, "demand": 86_000, "proveNest": 190_000}

CODE_LIMIT = 24_576
#: Kept free in the contract of claims for the proofs that follow, which are passed on unread.
ROOM = 500


def figures(group: str) -> dict[str, int]:
    document = json.loads((SNAPSHOTS / f"{group}.json").read_text())
    return {name: int(value) for name, value in document.items()}


@pytest.mark.parametrize("action", BAR)
def test_an_action_costs_no_more_than_the_protocol_says_or_its_reason_allows(action: str) -> None:
    assert figures("ProofOfOptimization")[action] <= ALLOWED.get(action, BAR[action])


def test_no_allowance_is_kept_that_is_not_needed() -> None:
    measured = figures("ProofOfOptimization")
    assert [action for action in ALLOWED if measured[action] <= BAR[action]] == []


def test_the_contracts_leave_room_under_the_code_limit() -> None:
    sizes = figures("CodeSize")
    assert max(sizes.values()) <= CODE_LIMIT
    assert sizes["ProofOfOptimization"] <= CODE_LIMIT - ROOM


@pytest.mark.slow
def test_the_snapshots_are_what_forge_measures_now() -> None:
    """Wrong after a change of a contract: `make gas`, and look at the difference."""
    environment = {**os.environ, "FOUNDRY_PROFILE": "gas", "FORGE_SNAPSHOT_CHECK": "true"}
    done = subprocess.run(
        ["forge", "test", "--match-path", "contracts/test/gas/*"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=580,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
