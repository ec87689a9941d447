"""Versions: after any blocks and reorgs, cut into any batches, every state of every block is what all events say."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Table

from indexer.tables import AT_BLOCK, event_tables, version_tables, view_metadata
from indexer.versions import Keeper, rebuild
from indexer.versions.keeper import DERIVATIONS
from tests.indexer.random_rows import WATCHED, random_rows

_ORACLE = (Path(__file__).parent / "states.sql").read_text()
_STATES = ("hosts", "optimizations", "harvesters", "virtual_land_nfts", "verifiers", "pages", "rollups", "totals")
_SEEDS = 400 if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else 4

Cursor = psycopg.Cursor[Any]


@pytest.fixture
def cursor(database: str) -> Iterator[Cursor]:
    """A cursor on a migrated database, whose search path ends in the mirror's tables."""
    with psycopg.connect(database, autocommit=True) as connection:
        make_oracle(connection.cursor())
        yield connection.cursor()


def make_oracle(cursor: Cursor) -> None:
    """The schema `oracle`: the events up to a block, and the states that follow from them."""
    cursor.execute("CREATE SCHEMA oracle")
    for table in event_tables():
        cursor.execute(
            f"CREATE VIEW oracle.{table.name} AS SELECT * FROM {table.name}"  # type: ignore[arg-type]
            " WHERE block_number <= current_setting('oracle.block')::bigint"
        )
    cursor.execute("SET search_path TO oracle, public")
    cursor.execute(_ORACLE)  # type: ignore[arg-type]  # a file of ours
    cursor.execute("SET search_path TO public")


def test_blocks_that_say_nothing_of_a_key_leave_it_as_it_is(cursor: Cursor) -> None:
    source = random.Random(1)
    add(cursor, Keeper(), source, 1, 5)
    before = versions(cursor)

    Keeper().appended(cursor, 6, 9)

    assert versions(cursor) == before


def test_a_version_that_overlaps_another_is_refused(cursor: Cursor) -> None:
    row = "INSERT INTO page_versions VALUES ('\\x01', {}, {}, '\\x02', 0, 0)"
    cursor.execute(row.format(3, 7))  # type: ignore[arg-type]
    for first, last in ((3, 9), (5, 7), (7, 7), (8, 5), (-1, 2)):
        with pytest.raises(psycopg.IntegrityError):
            cursor.execute(row.format(first, last))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(_SEEDS))
def test_any_batches_and_reorgs_end_like_one_reading_and_remember_every_block(cursor: Cursor, seed: int) -> None:
    source, keeper, head = random.Random(seed), Keeper(), 0
    for _ in range(25):
        if source.random() < 0.3:
            head = max(0, head - source.randint(1, 9))
            rewind(cursor, keeper, head)
        else:
            blocks = source.randint(1, 5)
            add(cursor, keeper, source, head + 1, blocks)
            head += blocks

    kept = versions(cursor)
    for block in {head, *range(0, head, max(1, head // 4))}:
        assert_equals_oracle(cursor, block)
    rebuild(cursor, DERIVATIONS)

    assert versions(cursor) == kept
    assert_no_gaps(cursor)


def test_the_views_show_the_last_block_and_each_schema_its_own(cursor: Cursor) -> None:
    add(cursor, Keeper(), random.Random(5), 1, 30)
    now = {name: rows(cursor, f"SELECT * FROM {name}") for name in view_metadata.tables}
    events = {table.name: rows(cursor, f"SELECT * FROM {table.name}") for table in WATCHED}
    for block in (30, 12):
        read_at(cursor, block)
        then = {name: rows(cursor, f"SELECT * FROM {name}") for name in view_metadata.tables}
        by_then = {name: rows(cursor, f"SELECT * FROM {name}") for name in events}
        cursor.execute("RESET search_path")
        if block == 30:
            assert (then, by_then) == (now, events)
        assert by_then == {name: rows(cursor, f"SELECT * FROM {name} WHERE block_number <= {block}") for name in events}
        assert then == {name: rows(cursor, f"SELECT * FROM {name}_at({block})") for name in view_metadata.tables}


def test_a_schema_as_of_a_block_has_every_table_and_view(cursor: Cursor) -> None:
    found = cursor.execute("SELECT table_name FROM information_schema.views WHERE table_schema = %s", [AT_BLOCK])

    assert {name for (name,) in found} == {t.name for t in event_tables()} | set(view_metadata.tables)


def test_a_state_at_a_block_is_found_by_its_key_and_not_by_a_walk(cursor: Cursor) -> None:
    cursor.execute("SET enable_seqscan = off")
    plan = cursor.execute("EXPLAIN SELECT * FROM optimizations_at(7) WHERE claim_id = '\\x01'").fetchall()

    assert any("claim_versions" in line and "Index" in line for (line,) in plan), plan
    assert not any("Function Scan" in line for (line,) in plan)


def test_other_rules_make_the_versions_anew(cursor: Cursor) -> None:
    add(cursor, Keeper(), random.Random(3), 1, 10)
    right = versions(cursor)
    cursor.execute("DELETE FROM harvester_versions")
    Keeper().opened(cursor)
    assert versions(cursor) != right

    cursor.execute("UPDATE derivations SET fingerprint = '\\x00' WHERE name = 'claim_versions'")
    Keeper().opened(cursor)

    assert versions(cursor) == right


def add(cursor: Cursor, keeper: Keeper, source: random.Random, first: int, blocks: int) -> None:
    """Writes blocks as the writer does: rows, then what follows from them."""
    with cursor.connection.transaction():
        for table, row in random_rows(source, first, blocks):
            insert(cursor, table, row)
        keeper.appended(cursor, first, first + blocks - 1)


def insert(cursor: Cursor, table: Table, row: dict[str, Any]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    values = sql.SQL(", ").join(sql.Placeholder() * len(row))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table.name), columns, values)
    cursor.execute(statement, list(row.values()))


def rewind(cursor: Cursor, keeper: Keeper, to: int) -> None:
    """Undoes blocks as the writer does."""
    with cursor.connection.transaction():
        for table in event_tables():
            cursor.execute(f"DELETE FROM {table.name} WHERE block_number > {to}")  # type: ignore[arg-type]
        keeper.rewound(cursor, to)


def read_at(cursor: Cursor, block: int) -> None:
    """As `READ_AT_BLOCK`, for a session that is not in a transaction."""
    cursor.execute(f"SET search_path TO {AT_BLOCK}, public")  # type: ignore[arg-type]
    cursor.execute("SELECT set_config('lightdom.block', %s, false)", [str(block)])


def assert_equals_oracle(cursor: Cursor, block: int) -> None:
    cursor.execute("SELECT set_config('oracle.block', %s, false)", [str(block)])
    for name in _STATES:
        cursor.execute("SET search_path TO oracle")
        said = cursor.execute(f"SELECT * FROM {name}")  # type: ignore[arg-type]
        columns = ", ".join(column.name for column in said.description or ())
        expected = sorted(said.fetchall(), key=repr)
        cursor.execute("SET search_path TO public")
        found = rows(cursor, f"SELECT {columns} FROM {name}_at({block})")
        if name == "totals" and not found:
            assert expected[0] == (0,) * len(expected[0])  # no row before anything happened
        else:
            assert found == expected, (name, block)


def assert_no_gaps(cursor: Cursor) -> None:
    for derivation in DERIVATIONS:
        keys = ", ".join(c.name for c in derivation.table.primary_key if c.name != "from_block")
        gaps = rows(
            cursor,
            "SELECT * FROM (SELECT until_block, lead(from_block) OVER"
            f" (PARTITION BY {keys} ORDER BY from_block) AS next FROM {derivation.name}) v"
            " WHERE until_block <> coalesce(next, 9223372036854775807)",
        )
        assert gaps == [], derivation.name


def versions(cursor: Cursor) -> dict[str, list[tuple[Any, ...]]]:
    """Every version that there is."""
    return {table.name: rows(cursor, f"SELECT * FROM {table.name}") for table in version_tables()}


def rows(cursor: Cursor, query: str) -> list[tuple[Any, ...]]:
    """What a query gives, in an order that does not depend on where rows lie."""
    return sorted(cursor.execute(query).fetchall(), key=repr)  # type: ignore[arg-type]
