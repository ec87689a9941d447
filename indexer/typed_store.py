"""The store of a configuration: its tables, made where they are missing, beside the mirror's own."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import psycopg
from psycopg import sql

from indexer.children import Child, Children
from indexer.config import Config
from indexer.deployment import Contract, Deployment
from indexer.errors import SettingInvalid
from indexer.opening import open_writer
from indexer.store import Store
from indexer.typed_tables import SET_ASIDE, TypedTable, child_sources, typed_tables, typed_target
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
    halted TEXT,
    final_number BIGINT NOT NULL DEFAULT -1
);
ALTER TABLE indexer_checkpoint ADD COLUMN IF NOT EXISTS final_number BIGINT NOT NULL DEFAULT -1;
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
CREATE TABLE IF NOT EXISTS indexer_answers (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    first_block BIGINT NOT NULL,
    last_block BIGINT NOT NULL,
    call SMALLINT NOT NULL,
    times JSONB NOT NULL,
    body BYTEA STORAGE EXTERNAL NOT NULL
);
CREATE INDEX IF NOT EXISTS indexer_answers_last ON indexer_answers (last_block);
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
        answers="indexer_answers",
        has_hashes=False,
        partition_blocks=config.partition_blocks,
    )


def typed_deployment(config: Config, children: Sequence[Child] = ()) -> Deployment:
    """Its contracts and their children, as the writer keeps them."""
    fixed = [Contract(c.name, c.address, c.start_block) for c in config.contracts if c.factory is None]
    taken = {contract.address for contract in fixed}
    more = [Contract(child.name, child.address, child.block) for child in children if child.address not in taken]
    return Deployment(tuple(sorted([*fixed, *more], key=lambda contract: contract.name)))


async def redecode(config: Config) -> int:
    """Makes the event tables anew, as the ABIs say now, of the answers that were kept; gives how many logs."""

    def remake(cursor: psycopg.Cursor[Any]) -> int:
        rows = 0
        for table in typed_tables(config):
            name = sql.Identifier(table.name)
            there = cursor.execute("SELECT to_regclass(quote_ident(%s)) IS NOT NULL", [table.name]).fetchone()
            if there and there[0]:
                counted = cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
                rows += counted[0] if counted else 0
                cursor.execute(sql.SQL("DROP TABLE {}").format(name))
            _make(cursor.connection, config, table)
        return rows

    children = Children(child_sources(config))
    async with open_typed_writer(config, is_remade=True) as writer:
        target = typed_target(config, await children.at(writer))
        return await writer.redecode(target, remake)


def open_typed_writer(config: Config, is_remade: bool = False) -> AbstractAsyncContextManager[Writer]:
    """The writer of this configuration's mirror; makes what is missing of its tables, unless all are made anew."""

    def prepare(connection: psycopg.Connection[Any]) -> None:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [typed_store(config).lock ^ 1])
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(config.schema)))
            connection.execute(_OWN)
            for table in () if is_remade else typed_tables(config):
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
