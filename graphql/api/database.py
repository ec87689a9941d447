"""Reading the indexer's database: one consistent snapshot for each operation, and nothing that could write.

An operation's queries share one read-only REPEATABLE READ transaction, so a page, its totals and `_meta.block` are of
the same block even while the indexer commits. The transaction begins at the first query and ends with the operation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, TypeVar, cast

from psycopg import errors as postgres_errors
from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from strawberry.dataloader import DataLoader

from api.errors import TooComplex, Unavailable
from api.settings import Settings

K = TypeVar("K")
V = TypeVar("V")


def driver_url(url: str) -> str:
    """The SQLAlchemy URL of a plain postgresql:// URL."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def open_engine(settings: Settings) -> AsyncEngine:
    """An engine whose every transaction is read-only and bounded in time. Connects at first use."""
    options = (
        f"-c default_transaction_read_only=on -c statement_timeout={settings.statement_timeout_ms}"
        " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
    )
    return create_async_engine(
        driver_url(settings.database_url),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.statement_timeout_ms / 1000,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={"options": options, "connect_timeout": 5, "application_name": "lightdom-api"},
    )


class Reads:
    """One operation's view of the database, with its data loaders."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._lock = asyncio.Lock()
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    async def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a statement. Raises Unavailable or TooComplex."""
        # Resolvers run side by side, but the snapshot is one connection, which takes one statement at a time.
        async with self._lock:
            try:
                if self._connection is None:
                    self._connection = await self._engine.connect()
                return (await self._connection.execute(statement)).all()
            except (DBAPIError, PoolTimeout, OSError) as error:
                raise explained(error) from error

    async def first(self, statement: Executable) -> Row[Any] | None:
        """The first row of a statement, if there is one."""
        rows = await self.rows(statement)
        return rows[0] if rows else None

    def loader(self, name: Hashable, load: Callable[[list[K]], Awaitable[Sequence[V]]]) -> DataLoader[K, V]:
        """This operation's loader of that name; the first caller's `load` is kept."""
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=load)
        return cast("DataLoader[K, V]", self._loaders[name])

    async def close(self) -> None:
        """Ends the snapshot."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Shielded: a caller who hangs up must not leave a connection half returned.
            await asyncio.shield(connection.close())


def explained(error: Exception) -> Exception:
    """What a database error means to the caller."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, postgres_errors.QueryCanceled):
        return TooComplex("The query took longer than a request may. Ask for a smaller page or a narrower filter.")
    if isinstance(cause, postgres_errors.UndefinedTable | postgres_errors.UndefinedColumn):
        return Unavailable("The database is not migrated. Run `python -m indexer migrate`.")
    is_connection_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_connection_lost or isinstance(cause, postgres_errors.OperationalError | PoolTimeout | OSError):
        return Unavailable("The database does not answer. Try again; /ready says more.")
    return error
