"""The off-chain schema: its migrations give exactly the tables that the program knows, forwards and back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from services.database.metadata import SCHEMA
from services.database.migrations import downgrade, head_revision, revision_of, upgrade
from services.database.migrations.migrate import VERSION_TABLE
from services.database.tables import metadata


def test_migrations_give_the_tables_that_the_program_knows(database: str) -> None:
    options = {
        "version_table": VERSION_TABLE,
        "version_table_schema": SCHEMA,
        "include_schemas": True,
        "include_name": lambda name, kind, _: kind != "schema" or name == SCHEMA,
        "compare_type": True,
    }
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_going_back_and_forth_ends_where_it_began(own_database: str) -> None:
    engine = create_engine(own_database.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    downgrade(own_database, "base")
    with engine.connect() as connection:
        tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = :schema AND tablename <> :own")
        assert connection.execute(tables, {"schema": SCHEMA, "own": VERSION_TABLE}).scalar_one() == 0
    upgrade(own_database)
    upgrade(own_database)
    with engine.connect() as connection:
        assert revision_of(connection) == head_revision()
