"""The store of our own contracts: the tables that the migrations made, in the schema `public`."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Index
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

from indexer.errors import DatabaseReadOnly, SchemaOutdated
from indexer.migrations import VERSION_TABLE, head_revision
from indexer.opening import open_writer
from indexer.store import CHANNEL, Store
from indexer.tables import event_tables
from indexer.target import TableShape
from indexer.versions import Keeper
from indexer.writer import Writer


def own_store(schema: str = "public") -> Store:
    """What `indexer.tables` names. In another schema than `public` it is built quietly, for nobody reads it yet."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no type
    every = event_tables()
    return Store(
        schema=schema,
        channel=CHANNEL if schema == "public" else f"{CHANNEL}_{schema}",
        tables=tuple(TableShape(str(t.name), tuple(column.name for column in t.columns)) for t in every),
        indexes={
            str(index.name): str(CreateIndex(index).compile(dialect=dialect))
            for t in every
            for index in t.indexes
            if not _is_for_versions(index)
        },
    )


def _is_for_versions(index: Index) -> bool:
    """Versions are made while a long history is read: what they look up by has to be there by then."""
    return next(iter(index.columns)).name == "claim_id"


def open_own_writer(database_url: str, schema: str = "public") -> AbstractAsyncContextManager[Writer]:
    """The writer of our own contracts' mirror. Raises SchemaOutdated before a migration."""
    return open_writer(database_url, own_store(schema), _check, (Keeper(),))


def _check(connection: psycopg.Connection[Any]) -> None:
    if connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
        raise DatabaseReadOnly
    needed = head_revision()
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [VERSION_TABLE]).fetchone()
    asked = sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(VERSION_TABLE))
    row = connection.execute(asked).fetchone() if there and there[0] else None
    found = None if row is None else str(row[0])
    if found != needed:
        raise SchemaOutdated(found, needed)
