"""Moves the schema forward and back; one process at a time, all or nothing."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from indexer.migrations.at_block import at_block_schema
from indexer.tables import AT_BLOCK
from indexer.versions import rebuild_outdated

VERSION_TABLE = "indexer_schema_version"
"""Its own, so that other parts of the project may keep their tables in the same database."""

# An arbitrary constant that only the migrations of this package lock.
_LOCK = 0x4C44_4D49


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings the schema to `revision`; does nothing if it is there already."""
    with engine.begin() as connection:
        _lock(connection)
        command.upgrade(_config(connection), revision)
        if schema_revision(connection) == head_revision():
            _derive(connection)
            for statement in at_block_schema():
                connection.execute(text(statement))


def upgrade_beside(engine: Engine) -> None:
    """Makes the newest schema where the engine's search path points; readers of the old one notice nothing."""
    with engine.begin() as connection:
        _lock(connection)
        command.upgrade(_config(connection), "head")
        _derive(connection)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Takes the schema back to `revision`, with the rows that it cannot hold; the chain has them still."""
    with engine.begin() as connection:
        _lock(connection)
        connection.execute(text(f"DROP SCHEMA IF EXISTS {AT_BLOCK} CASCADE"))
        command.downgrade(_config(connection), revision)


def schema_revision(connection: Connection) -> str | None:
    """The revision that the database is at, None if it was never migrated."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def head_revision() -> str:
    """The revision that this program needs."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None, "the package carries its migrations"
    return revision


def _derive(connection: Connection) -> None:
    """State follows from the tables as they are now, by this program's rules."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor:
        rebuild_outdated(cursor)


def _config(connection: Connection | None) -> Config:
    config = Config()
    # Alembic reads % as the start of an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
