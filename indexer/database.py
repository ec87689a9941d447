"""Engines for a database URL as people write it, and the one error for a database that is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from indexer.errors import DatabaseUnreachable, SettingInvalid

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


def connect(text: str, schema: str = "public") -> psycopg.Connection[Any]:
    """A plain connection in autocommit, for the writer, whose statements name tables of this schema."""
    plain = database_url(text).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(plain, autocommit=True, connect_timeout=5, application_name="lightdom-indexer")
    connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
    return connection


@contextmanager
def reachable() -> Iterator[None]:
    """Turns a lost or refused connection into DatabaseUnreachable."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DatabaseUnreachable(_first_line(error.orig)) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise DatabaseUnreachable(_first_line(error)) from error


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
