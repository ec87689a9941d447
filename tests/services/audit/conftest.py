"""A real Postgres with the off-chain schema, and an auditor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount

from services.database.migrations import upgrade
from tests.indexer.postgres import Postgres

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The URL of a database of its own with an empty log."""
    name = f"audit_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    url = postgres.url(name)
    upgrade(url)
    yield url
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def auditor() -> LocalAccount:
    account: LocalAccount = Account.from_key(b"\x2a" * 32)
    return account
