"""Export: files that hold exactly what the tables held after a block, and nothing when that cannot be said."""

import builtins
import json
import random
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pyarrow import parquet

from indexer.tables import event_tables, view_metadata
from indexer.versions import Keeper
from tests.indexer.process import Process
from tests.indexer.test_versions import add, rows

_NO_CHAIN = "http://127.0.0.1:9"


@pytest.fixture
def indexer(database: str, tmp_path: Path) -> Process:
    """A mirror of 30 random blocks; no node is needed to read it."""
    with psycopg.connect(database) as connection:
        add(connection.cursor(), Keeper(), random.Random(4), 1, 30)
        connection.execute(
            "INSERT INTO checkpoint (chain_id, genesis_hash, number, hash, time, head_number)"
            " VALUES (31337, %s, 30, %s, now(), 30)",
            [bytes(32), b"\x1e" * 32],
        )
    return Process(database, _NO_CHAIN, tmp_path)


@pytest.mark.parametrize("block", ["31", "-1"])
def test_a_block_that_is_not_mirrored_is_refused(indexer: Process, tmp_path: Path, block: str) -> None:
    done = indexer.run("export", "--to", str(tmp_path / "out"), "--block", block)

    assert (done.returncode, done.stderr) == (1, f"indexer: the mirror has no block {block}; it has 0 to 30\n")


def test_an_empty_mirror_has_nothing_to_export(database: str, tmp_path: Path) -> None:
    done = Process(database, _NO_CHAIN, tmp_path).run("export", "--to", str(tmp_path / "out"))

    assert (done.returncode, done.stderr) == (1, "indexer: the mirror has no block; it has none yet\n")


def test_without_its_library_it_says_what_to_install(
    indexer: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pyarrow":
            raise ImportError(name)
        return bare(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    done = indexer.run("export", "--to", str(tmp_path / "out"))

    assert done.returncode == 1
    assert "export is unavailable" in done.stderr
    assert "lightdom[parquet]" in done.stderr


@pytest.mark.parametrize("block", [30, 13])
def test_files_hold_what_the_tables_held_at_the_block(
    indexer: Process, database: str, tmp_path: Path, block: int
) -> None:
    folder = tmp_path / "out"
    done = indexer.run("export", "--to", str(folder), "--block", str(block), "--json")

    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["chain_id"], said["block_number"]) == (31337, block)
    assert said["block_hash"] == ("0x" + "1e" * 32 if block == 30 else None)
    assert json.loads((folder / "snapshot.json").read_text()) == said
    names = {table.name for table in event_tables()} | set(view_metadata.tables)
    assert {path.name for path in folder.iterdir()} == {f"{name}.parquet" for name in names} | {"snapshot.json"}
    with psycopg.connect(database) as connection:
        for file in said["files"]:
            name = file["table"]
            source = f"{name}_at({block})" if name in view_metadata.tables else f"{name} WHERE block_number <= {block}"
            read = parquet.read_table(folder / f"{name}.parquet")
            expected = rows(connection.cursor(), f"SELECT {', '.join(read.column_names)} FROM {source}")
            assert len(expected) == file["rows"] == read.num_rows
            found = [tuple(row.values()) for row in read.to_pylist()]
            assert sorted(map(_plain, found)) == sorted(map(_plain, expected)), name


def _plain(row: tuple[Any, ...]) -> str:
    """Numbers, times and text alike, whatever type holds them."""
    return repr([value.timestamp() if hasattr(value, "timestamp") else str(value) for value in row])
