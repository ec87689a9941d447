"""A real Postgres for the session with a database for each test, and a real chain for each test that wants one."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from indexer.database import engine
from indexer.migrations import upgrade
from tests.indexer.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def empty_database(postgres: Postgres) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    name = f"test_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    yield postgres.url(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(empty_database: str) -> str:
    """The URL of a migrated database."""
    upgrade(engine(empty_database))
    return empty_database
