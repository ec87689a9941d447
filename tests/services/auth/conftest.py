"""A real Postgres with both schemas, a chain, and what every test of access needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from indexer.database import engine as open_mirror
from indexer.migrations import upgrade as upgrade_mirror
from services.auth.api_keys import KeyRing
from services.auth.secrets import Secrets
from services.database import open_engine
from services.database.migrations import upgrade
from services.database.tables import metadata
from tests.indexer.postgres import Postgres

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


def _made(postgres: Postgres) -> tuple[str, str]:
    name = f"auth_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    url = postgres.url(name)
    mirror = open_mirror(url)
    upgrade_mirror(mirror)
    mirror.dispose()
    upgrade(url)
    return name, url


@pytest.fixture(scope="session")
def shared_database(postgres: Postgres) -> str:
    return _made(postgres)[1]


@pytest.fixture
def database(shared_database: str) -> str:
    """The URL of a database with both schemas and no rows; not for changing the schemas."""
    # The audit log is for ever, in tests too.
    kept = {"audit_entries", "audit_heads", "audit_anchors"}
    names = [f"{table.schema}.{table.name}" for table in metadata.sorted_tables if table.name not in kept]
    tables = ", ".join(names)
    with psycopg.connect(shared_database, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables}")  # type: ignore[arg-type]  # names of our own tables
    return shared_database


@pytest.fixture
def own_database(postgres: Postgres) -> Iterator[str]:
    """As `database`, and its schemas may be changed."""
    name, url = _made(postgres)
    yield url
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing(Secrets({"first": b"\x07" * 32}), "test")


@pytest.fixture
def opened(database: str) -> Callable[[], Any]:
    """Opens engines over the database, within the event loop that uses them."""

    class Opened:
        async def __aenter__(self) -> AsyncEngine:
            self.engine = open_engine(database, pool_size=8)
            return self.engine

        async def __aexit__(self, *_: object) -> None:
            await self.engine.dispose()

    return Opened
