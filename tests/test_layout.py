"""The layout facts that everything rests on, and that are easily broken by a well-meant file."""

from __future__ import annotations

import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("core_ext", "optimizer", "indexer", "services", "api", "cli")
SOURCE_FILES = ("*.py", "*.pyx", "*.sol", "*.ts", "*.tsx")
LONGEST_FILE_LINES = 400


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_graphql_core_is_not_hidden_by_our_folder() -> None:
    import graphql

    assert hasattr(graphql, "GraphQLSchema")
    assert not (ROOT / "graphql" / "__init__.py").exists()
    assert not (ROOT / "tests" / "graphql").exists()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_public_face_is_complete_and_sorted(package: str) -> None:
    module = import_module(package)
    names = getattr(module, "__all__", [])

    assert names == sorted(names)
    assert [name for name in names if not hasattr(module, name)] == []


def test_no_source_file_is_longer_than_its_concept() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _tracked(*SOURCE_FILES)
        if (lines := path.read_text().count("\n")) > LONGEST_FILE_LINES
    }

    assert long == {}


def test_every_compiled_module_has_its_types() -> None:
    missing = [path.name for path in _tracked("*.pyx") if not path.with_suffix(".pyi").exists()]

    assert missing == []


def test_no_file_names_a_place_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
    found = [
        str(path.relative_to(ROOT))
        for path in _tracked(
            "*.py", "*.pyx", "*.sol", "*.ts", "*.tsx", "*.toml", "*.yaml", "*.md", "*.sh", "Makefile", ".ci/*"
        )
        if path != Path(__file__) and pattern.search(path.read_text())
    ]

    assert found == []


def test_lock_files_name_no_registry() -> None:
    locks = [ROOT / "requirements.lock", *_tracked("package-lock.json", "*/package-lock.json")]

    assert [
        lock.name for lock in locks if re.search(r"https?://(?!github\.com|.*funding)", _resolved_lines(lock))
    ] == []


def _resolved_lines(lock: Path) -> str:
    return "\n".join(line for line in lock.read_text().splitlines() if "resolved" in line or "index-url" in line)
