"""The layer rules hold, and each is alive: planting a violation breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("core_ext", "optimizer", "indexer", "services", "cli", "graphql")
VIOLATIONS = {
    "core_ext imports only itself and the standard library": ("core_ext/planted.py", "import optimizer"),
    "core_ext imports no library": ("core_ext/planted.py", "import httpx"),
    "optimizer imports core_ext, no chain and no database": ("optimizer/planted.py", "import sqlalchemy"),
    "indexer imports core_ext only": ("indexer/planted.py", "import services"),
    "services see of the indexer only its tables and ABIs, and no API": (
        "services/planted.py",
        "import indexer.mirror",
    ),
    "the API sees of the indexer only its tables and ABIs, and no optimizer": (
        "graphql/api/planted.py",
        "import optimizer",
    ),
    "nothing below imports the command line": ("services/planted.py", "import cli"),
    "nothing imports scripts or tests": ("services/planted.py", "import scripts"),
}


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", root / "pyproject.toml", "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'graphql'}"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_a_planted_violation_is_found(rule: str, tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place, line = VIOLATIONS[rule]
    (tmp_path / place).write_text(f"{line}\n")

    result = _lint(tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{rule} BROKEN" in result.stdout


def test_the_layers_hold() -> None:
    result = _lint(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr


def test_every_inner_module_of_the_indexer_is_closed_to_others() -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    closed = {
        module for rule in configured if "tables and ABIs" in rule["name"] for module in rule["forbidden_modules"]
    }
    folder = ROOT / "indexer"
    names = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}

    assert {f"indexer.{name}" for name in names - {"__init__", "abi", "tables"}} - closed == set()
