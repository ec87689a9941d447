"""Engines for a database URL as people write it."""

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from indexer.errors import SettingInvalid

_CONNECT = {"connect_timeout": 5, "application_name": "lightdom-indexer"}


def database_url(text: str) -> URL:
    """The URL with our driver in it. Accepts postgresql://, postgres:// and postgresql+psycopg://."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        # The text may hold a password: it is not repeated.
        raise SettingInvalid(
            "LIGHTDOM_DATABASE_URL", "is not a URL like postgresql://user:password@host:port/name"
        ) from error
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", f"{url.drivername}:// is not PostgreSQL")
    return url.set(drivername="postgresql+psycopg")


def engine(text: str) -> Engine:
    """For commands that do one thing and end; keeps no connection."""
    return create_engine(database_url(text), poolclass=NullPool, connect_args=_CONNECT)


def async_engine(text: str) -> AsyncEngine:
    """For the writer, which holds one connection for as long as it lives."""
    return create_async_engine(database_url(text), poolclass=NullPool, connect_args=_CONNECT)
