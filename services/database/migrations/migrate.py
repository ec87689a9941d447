"""Moves the off-chain schema forward and back; one process at a time, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from services.database.metadata import SCHEMA

VERSION_TABLE = "schema_version"

# An arbitrary constant that only the migrations of this package lock.
_LOCK = 0x4C44_4150


def upgrade(database_url: str, revision: str = "head") -> None:
    """Brings the off-chain schema to `revision`; does nothing if it is there already."""
    with _begin(database_url) as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(_config(connection), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Takes the schema back to `revision`. What it cannot hold is lost for good: nothing else has it."""
    with _begin(database_url) as connection:
        command.downgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at, None if it was never migrated."""
    options = {"version_table": VERSION_TABLE, "version_table_schema": SCHEMA}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def head_revision() -> str:
    """The revision that this program needs."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None, "the package carries its migrations"
    return revision


@contextmanager
def _begin(database_url: str) -> Iterator[Connection]:
    """A transaction that holds the migrations' lock."""
    _, _, rest = database_url.partition("://")
    engine = create_engine(f"postgresql+psycopg://{rest}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _config(connection: Connection | None) -> Config:
    config = Config()
    # Alembic reads % as the start of an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
