"""ABIs of our contracts, generated from their build by scripts/export_abi.py."""

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> list[dict[str, Any]]:
    """The ABI of the contract `name`; callers share the list and leave it as it is."""
    abi: list[dict[str, Any]] = json.loads((Path(__file__).parent / f"{name}.json").read_text())
    return abi
