"""Connections that may write: short transactions, READ COMMITTED, each bounded in time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import errors as postgres_errors
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from services.database.errors import DatabaseUnavailable, SchemaMissing


def open_engine(database_url: str, *, pool_size: int = 5, statement_timeout_ms: int = 5_000) -> AsyncEngine:
    """An engine over the database of a postgresql:// URL. Connects at first use."""
    scheme, _, rest = database_url.partition("://")
    url = f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else database_url
    options = (
        f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={statement_timeout_ms}"
        " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
    )
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=statement_timeout_ms / 1000,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 5, "application_name": "lightdom-services"},
    )


@asynccontextmanager
async def begin(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction: committed at the end, rolled back by any error. Raises DatabaseUnavailable, SchemaMissing."""
    try:
        async with engine.begin() as connection:
            yield connection
    except (DBAPIError, PoolTimeout, OSError) as error:
        raise _explained(error) from error


def _explained(error: Exception) -> Exception:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, postgres_errors.UndefinedTable | postgres_errors.InvalidSchemaName):
        return SchemaMissing()
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_lost or isinstance(cause, postgres_errors.OperationalError | PoolTimeout | OSError):
        return DatabaseUnavailable()
    return error
