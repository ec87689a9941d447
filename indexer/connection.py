"""A plain connection to a database, and the one error for a database that is away; without SQLAlchemy, which costs a
backfill more CPU to import than a hundred thousand events."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from indexer.errors import DatabaseUnreachable, SettingInvalid

CONNECT = {"connect_timeout": 5, "application_name": "lightdom-indexer"}

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def plain_url(text: str) -> str:
    """The URL as libpq reads it, of one as people write it. Raises SettingInvalid, which does not repeat it."""
    scheme, mark, rest = text.partition("://")
    if not mark or not scheme.replace("+", "").isalnum():
        # The text may hold a password: it is not repeated.
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "is not a URL like postgresql://user:password@host:port/name")
    if scheme not in _SCHEMES:
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", f"{scheme}:// is not PostgreSQL")
    return f"postgresql://{rest}"


def connect(text: str, schema: str = "public") -> psycopg.Connection[Any]:
    """A connection in autocommit, whose statements name tables of this schema."""
    try:
        connection = psycopg.connect(plain_url(text), autocommit=True, **CONNECT)  # type: ignore[arg-type]  # both kinds
    except psycopg.ProgrammingError as error:
        # libpq could not read the URL, and says which part of it, which may be the password.
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "cannot be read as a PostgreSQL URL") from error
    connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
    return connection


@contextmanager
def reachable() -> Iterator[None]:
    """Turns a lost or refused connection into DatabaseUnreachable."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise unreachable(error) from error


def unreachable(error: BaseException | None) -> DatabaseUnreachable:
    """The error for a connection that failed so."""
    return DatabaseUnreachable(next(iter(str(error).splitlines()), type(error).__name__))
