"""What a user can set, type or follow is documented, and what is documented exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from cli.main import VERBS

ROOT = Path(__file__).parents[1]
SOURCES = ("cli/*.py", "services/*.py", "indexer/*.py", "optimizer/*.py", "graphql/*.py", "scripts/*.py", "Makefile")


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def _docs() -> str:
    return "\n".join(path.read_text() for path in _tracked("*.md"))


def test_every_setting_is_documented() -> None:
    used = {name for path in _tracked(*SOURCES) for name in re.findall(r"LIGHTDOM_[A-Z_]*[A-Z]", path.read_text())}
    internal = {"LIGHTDOM_BUILT"}  # between the bootstrap and setup.py

    assert {name for name in used - internal if name not in _docs()} == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented(verb: str) -> None:
    assert re.search(rf"`{verb}\b", (ROOT / "docs" / "cli.md").read_text())


@pytest.mark.parametrize("path", _tracked("*.md"), ids=lambda path: path.name)
def test_every_link_in_a_document_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text())
    local = [target for target in targets if not target.startswith(("http:", "https:", "mailto:"))]

    assert [target for target in local if not (path.parent / target).exists()] == []


def test_every_make_target_is_in_its_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = set(" ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)).split())
    helped = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.M))

    assert {name for name in phony - helped if not name.startswith(("setup-for", "test-"))} == set()
