"""The committed ABIs are those of the sources."""

from __future__ import annotations

import subprocess
from pathlib import Path

from scripts.export_abi import CONTRACTS, stale, stale_probes

ROOT = Path(__file__).parents[2]


def test_no_abi_is_stale() -> None:
    names = {*CONTRACTS.values()}
    subprocess.run(
        ["forge", "build", "contracts/accounts", *(f"contracts/{name}.sol" for name in sorted(names))],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=280,
    )
    assert stale() == []
    assert stale_probes() == []
