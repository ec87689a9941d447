"""Migrations go up, down and up again, on data, and build what Python names."""

import random
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from indexer import tables
from indexer.database import engine
from indexer.migrations import downgrade, head_revision, schema_revision, upgrade
from indexer.tables import event_tables, metadata, view_metadata
from indexer.versions import compare_versions
from tests.indexer.random_rows import random_rows
from tests.indexer.test_versions import insert, rows


def test_a_database_that_was_never_migrated_has_no_revision(empty_database: str) -> None:
    with engine(empty_database).connect() as connection:
        assert schema_revision(connection) is None


def test_down_leaves_nothing_of_ours_and_up_again_works_on_data(empty_database: str) -> None:
    database = engine(empty_database)
    for _ in range(2):
        upgrade(database)
        with database.begin() as connection:
            connection.execute(tables.claim_committed.insert(), _committed_row())
            assert connection.execute(select(tables.claim_committed.c.sender)).scalar_one() == bytes(20)
            assert schema_revision(connection) == head_revision()
        downgrade(database)

        found = inspect(database)
        assert set(found.get_table_names()) <= {"indexer_schema_version"}
        assert found.get_view_names() == []


def test_up_twice_changes_nothing(database: str) -> None:
    with engine(database).begin() as connection:
        connection.execute(tables.claim_committed.insert(), _committed_row())
    upgrade(engine(database))
    with engine(database).connect() as connection:
        assert len(connection.execute(select(tables.claim_committed)).all()) == 1


def test_migrations_build_exactly_the_tables_that_python_names(database: str) -> None:
    with engine(database).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": "indexer_schema_version"}
        )

        assert compare_metadata(context, metadata) == []
        in_database = {
            (name, check["name"])
            for name in inspect(connection).get_table_names()
            for check in inspect(connection).get_check_constraints(name)
        }
    in_python = {
        (table.name, str(constraint.name))
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert {name for _, name in in_database} == {_full_name(table, name) for table, name in in_python}


def _full_name(table: str, name: str) -> str:
    return name if name.startswith("ck_") else f"ck_{table}_{name}"


@pytest.mark.parametrize("name", sorted(view_metadata.tables))
def test_views_have_the_columns_that_python_names(database: str, name: str) -> None:
    view = view_metadata.tables[name]
    with engine(database).connect() as connection:
        found = {column["name"]: column["type"] for column in inspect(connection).get_columns(name)}

        assert list(found) == [column.name for column in view.columns]
        assert connection.execute(select(view)).all() == []
    for column in view.columns:
        affinity = column.type.dialect_impl(connection.dialect)._type_affinity
        assert found[column.name]._type_affinity is affinity, column.name


def test_every_event_table_names_its_block(database: str) -> None:
    for table in event_tables():
        assert [c.name for c in table.primary_key] == ["block_number", "log_index"]
        assert {"block_hash", "block_time", "tx_hash"} <= set(table.c.keys())


def test_the_public_names_are_complete_and_sorted() -> None:
    public = {name for name, value in vars(tables).items() if type(value).__name__ == "Table"}

    assert tables.__all__ == sorted(tables.__all__)
    assert public <= set(tables.__all__)


def _committed_row() -> dict[str, object]:
    return {
        "block_number": 1,
        "block_time": datetime(2026, 1, 1, tzinfo=UTC),
        "log_index": 0,
        "block_hash": bytes(32),
        "tx_hash": bytes(32),
        "commitment": bytes(32),
        "sender": bytes(20),
    }


def test_rows_and_what_follows_from_them_survive_every_step_forth_and_back(empty_database: str) -> None:
    database = engine(empty_database)
    upgrade(database, "0004")
    with psycopg.connect(empty_database) as connection:
        for table, row in random_rows(random.Random(6), 1, 40):
            insert(connection.cursor(), table, row)
    views = ("optimizations", "harvesters", "rewards", "role_members", "parameters")
    before = _shown(empty_database, views)
    assert all(before[name] for name in views)

    upgrade(database)
    assert _shown(empty_database, views) == before
    with psycopg.connect(empty_database) as connection:
        assert compare_versions(connection, "public") == {}
    downgrade(database, "0004")
    assert _shown(empty_database, views) == before
    upgrade(database)
    assert _shown(empty_database, views) == before


def _shown(database: str, views: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(database) as connection:
        return {name: rows(connection.cursor(), f"SELECT * FROM {name}") for name in views}
