"""A real Postgres for the session with a database for each test, and a real chain for each test that wants one."""

from collections.abc import Iterator
from contextlib import contextmanager
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
    with copied(postgres, "template1") as url:
        yield url


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """The name of a migrated database that nobody touches: a copy of its files takes a tenth of a migration's time."""
    postgres.execute("CREATE DATABASE migrated")
    upgrade(engine(postgres.url("migrated")))
    return "migrated"


@pytest.fixture
def database(postgres: Postgres, migrated: str) -> Iterator[str]:
    """The URL of a migrated database."""
    with copied(postgres, migrated) as url:
        yield url


@pytest.fixture
def second_database(postgres: Postgres, migrated: str) -> Iterator[str]:
    """Another migrated database, for a mirror to compare with."""
    with copied(postgres, migrated) as url:
        yield url


@contextmanager
def copied(postgres: Postgres, template: str) -> Iterator[str]:
    """The URL of a copy of this database, dropped at the end."""
    name = f"test_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
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
