"""A real Postgres for the session with a database for each test, and a real chain for each test that wants one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.database import engine
from indexer.migrations import upgrade
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, deploy
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


@pytest.fixture
def second_database(postgres: Postgres) -> Iterator[str]:
    """Another migrated database, for a mirror to compare with."""
    name = f"test_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    upgrade(engine(postgres.url(name)))
    yield postgres.url(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def chain() -> Iterator[Anvil]:
    with Anvil() as anvil:
        yield anvil


@pytest.fixture
def emitters(chain: Anvil, tmp_path: Path) -> Emitters:
    """Emitters in place of all contracts, with their manifest in `tmp_path`."""
    emitters = deploy(chain)
    emitters.write_manifest(tmp_path)
    return emitters
