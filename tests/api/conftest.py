"""A real Postgres for the session, a migrated database for each module, and the application over it in-process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine, event

from api import Settings
from api.app import create_app
from indexer.database import engine as open_engine
from indexer.migrations import upgrade
from tests.api.chain_rows import town
from tests.indexer.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def new_database(postgres: Postgres) -> Iterator[Callable[[], str]]:
    """Makes databases with nothing in them."""
    names: list[str] = []

    def make() -> str:
        names.append(f"api_{uuid4().hex[:12]}")
        postgres.execute(f"CREATE DATABASE {names[-1]}")
        return postgres.url(names[-1])

    yield make
    for name in names:
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_chain(new_database: Callable[[], str]) -> str:
    """The URL of a migrated database of which the indexer has not written a row."""
    url = new_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def town_url(postgres: Postgres) -> Iterator[str]:
    """The URL of a database with the made-up chain `town(40)`; read it, do not write it."""
    name = f"api_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    url = postgres.url(name)
    engine = open_engine(url)
    upgrade(engine)
    town(claims=40).write(engine)
    engine.dispose()
    yield url
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how many statements it took."""

    response: httpx.Response
    statements: tuple[str, ...]

    @property
    def json(self) -> Any:
        return self.response.json()

    @property
    def data(self) -> Any:
        assert "errors" not in self.json, self.json["errors"]
        return self.json["data"]

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.json["errors"]]


class Asker:
    """Sends requests to an application of its own over one database, without a socket between."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def ask(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> Answer:
        """The answer to a GraphQL operation."""
        return self.request("POST", "/graphql", json={"query": query, "variables": variables}, headers=headers)

    def request(self, method: str, path: str, **options: Any) -> Answer:
        """The answer to any request."""
        return asyncio.run(self._request(method, path, options))

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> Answer:
        app = create_app(self.settings)
        statements: list[str] = []
        engine: Engine = app.state.shared.engine.sync_engine

        @event.listens_for(engine, "before_cursor_execute")
        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8420") as client:
            response = await client.request(method, path, **options)
        await engine_disposed(app)
        return Answer(response, tuple(statements))


async def engine_disposed(app: Any) -> None:
    """Closes the pool, which lifespan would: the transport runs without it."""
    await app.state.shared.engine.dispose()


@pytest.fixture
def asker_of(tmp_path: Path) -> Callable[..., Asker]:
    """Makes askers over a database."""

    def make(database_url: str, **settings: Any) -> Asker:
        return Asker(Settings(**({"database_url": database_url, "dashboards": tmp_path} | settings)))

    return make


@pytest.fixture
def asker(asker_of: Callable[..., Asker], town_url: str) -> Asker:
    """An asker over the made-up chain."""
    return asker_of(town_url)
