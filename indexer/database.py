"""SQLAlchemy engines for a database URL as people write it: for migrations and `status`, not for the mirror."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from indexer.connection import CONNECT, plain_url, reachable, unreachable
from indexer.errors import SettingInvalid


def database_url(text: str) -> URL:
    """The URL with our driver in it. Accepts postgresql://, postgres:// and postgresql+psycopg://."""
    try:
        return make_url(plain_url(text)).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        # The text may hold a password: it is not repeated.
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "cannot be read as a PostgreSQL URL") from error


def engine(text: str, schema: str = "public") -> Engine:
    """For commands that do one thing and end; keeps no connection. Names without a schema are of this one."""
    options = {} if schema == "public" else {"options": f"-c search_path={schema}"}
    return create_engine(database_url(text), poolclass=NullPool, connect_args=CONNECT | options)


@contextmanager
def engine_reachable() -> Iterator[None]:
    """Turns a lost or refused connection of an engine into DatabaseUnreachable."""
    try:
        with reachable():
            yield
    except (OperationalError, InterfaceError) as error:
        raise unreachable(error.orig) from error
