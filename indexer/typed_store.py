"""The store of a configuration: its tables, made where they are missing, beside the mirror's own."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import psycopg
from psycopg import sql

from indexer.config import Config
from indexer.deployment import Contract, Deployment
from indexer.errors import SettingInvalid
from indexer.opening import open_writer
from indexer.store import Store
from indexer.typed_tables import SET_ASIDE, TypedTable, typed_tables
from indexer.writer import Writer

_OWN = """
CREATE TABLE IF NOT EXISTS indexer_checkpoint (
    one_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (one_row),
    chain_id BIGINT NOT NULL,
    genesis_hash BYTEA NOT NULL,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    time TIMESTAMPTZ NOT NULL,
    head_number BIGINT NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    halted TEXT
);
CREATE TABLE IF NOT EXISTS indexer_blocks (
    number BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL,
    parent_hash BYTEA NOT NULL,
    time TIMESTAMPTZ NOT NULL
);
CREATE TABLE IF NOT EXISTS indexer_contracts (
    name TEXT PRIMARY KEY,
    address BYTEA NOT NULL UNIQUE,
    block BIGINT NOT NULL,
    required_bits SMALLINT
);
CREATE TABLE IF NOT EXISTS indexer_outbox (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    first_block BIGINT NOT NULL,
    message JSONB NOT NULL
);
"""


def typed_store(config: Config) -> Store:
    """Where this configuration's mirror lives."""
    return Store(
        schema=config.schema,
        tables=tuple(table.shape for table in typed_tables(config)),
        checkpoint="indexer_checkpoint",
        blocks="indexer_blocks",
        contracts="indexer_contracts",
        outbox="indexer_outbox",
        aside=SET_ASIDE,
        has_hashes=False,
        partition_blocks=config.partition_blocks,
    )


def typed_deployment(config: Config) -> Deployment:
    """Its contracts, as the writer keeps them."""
    return Deployment(tuple(Contract(c.name, c.address, c.start_block) for c in config.contracts))


def open_typed_writer(config: Config) -> AbstractAsyncContextManager[Writer]:
    """The writer of this configuration's mirror; makes what is missing of its tables."""

    def prepare(connection: psycopg.Connection[Any]) -> None:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [typed_store(config).lock ^ 1])
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(config.schema)))
            connection.execute(_OWN)
            for table in typed_tables(config):
                _make(connection, config, table)

    return open_writer(config.database_url, typed_store(config), prepare)


def _make(connection: psycopg.Connection[Any], config: Config, table: TypedTable) -> None:
    """Makes the table, or refuses one of the same name with other columns: its rows are of another ABI."""
    there = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " ORDER BY ordinal_position",
        [config.schema, table.name],
    ).fetchall()
    if there and [name for (name,) in there] != list(table.columns):
        raise SettingInvalid(
            "schema", f"{config.schema}.{table.name} has other columns; name a new schema for a new ABI"
        )
    columns = [
        sql.SQL("{} {} NOT NULL").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in table.columns.items()
    ]
    name = sql.Identifier(table.name)
    parts = f"parts of {config.partition_blocks} blocks"
    if there:
        said = connection.execute("SELECT obj_description(to_regclass(quote_ident(%s)))", [table.name]).fetchone()
        if (said[0] if said else None) != (parts if config.partition_blocks else None):
            raise SettingInvalid(
                "partition_blocks", f"{config.schema}.{table.name} is in other parts; name a new schema to change it"
            )
        return
    connection.execute(
        sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY (block_number, log_index))").format(name, sql.SQL(", ").join(columns))
        + sql.SQL(" PARTITION BY RANGE (block_number)" if config.partition_blocks else "")
    )
    if config.partition_blocks:
        connection.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(name, sql.Literal(parts)))
