"""A copy of the contracts to analyse, so that nothing there is built twice or overwritten, and tools of their own.

The tools are pinned here and kept out of the project's environment: one of them wants other versions of its libraries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["ROOT", "put_copy", "tool"]

ROOT = Path(__file__).parents[2]
_BUILD = ROOT / "build" / "analysis"
_TOOLS = {"slither": "slither-analyzer==0.11.6", "halmos": "halmos==0.3.3"}


def put_copy(name: str, *, tests: bool) -> Path:
    """The folder of a copy of the contracts, with or without their tests."""
    folder = _BUILD / name
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "contracts", ignore_errors=True)
    ignored = (".cache",) if tests else (".cache", "test")
    shutil.copytree(ROOT / "contracts", folder / "contracts", ignore=shutil.ignore_patterns(*ignored))
    for link in ("foundry.toml", "node_modules", "scripts", "tests"):
        if not (folder / link).exists():
            (folder / link).symlink_to(ROOT / link)
    return folder


def tool(name: str) -> Path:
    """The program, installed on its first use into an environment of its own."""
    home = _BUILD / "tools" / name
    program = home / "bin" / name
    if not program.exists():
        uv = Path(sys.executable).parent / "uv"
        environment = {**os.environ, "UV_CACHE_DIR": str(ROOT / "build" / "cache" / "uv")}
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, home], check=True, env=environment)
        python = home / "bin" / "python"
        subprocess.run([uv, "pip", "install", "-q", "--python", python, _TOOLS[name]], check=True, env=environment)
    return program
