"""docs/indexer.md names what there is: every setting, command, table, view and column of a view."""

import re
from pathlib import Path

import pytest

from indexer.tables import metadata, view_metadata

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "indexer.md").read_text()
SETTINGS = sorted(set(re.findall(r'"(LIGHTDOM_\w+)"', (ROOT / "indexer" / "settings.py").read_text())))


@pytest.mark.parametrize("word", [*SETTINGS, *sorted(metadata.tables), *sorted(view_metadata.tables)])
def test_the_docs_name_it(word: str) -> None:
    assert f"`{word}`" in TEXT


@pytest.mark.parametrize("view", sorted(view_metadata.tables))
def test_the_docs_name_every_column_of_a_view(view: str) -> None:
    (line,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{view}` |")]
    assert {column.name for column in view_metadata.tables[view].columns} <= set(re.findall(r"\w+", line))


@pytest.mark.parametrize("command", ["run", "status", "rewind", "migrate"])
def test_the_docs_show_every_command(command: str) -> None:
    assert f"python -m indexer {command}" in TEXT
