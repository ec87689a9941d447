"""Reads the chain again and proves the tables equal to it, row for row, without touching them."""

import asyncio
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from indexer.chain import Chain
from indexer.copying import copy_rows
from indexer.errors import AnswerTooLarge
from indexer.log import Position
from indexer.reading import Reading, read_history
from indexer.store import Store
from indexer.target import TableShape, Target
from indexer.window import grown, halved

_FIRST_WINDOW = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """In blocks `first` to `last` of a table, so many rows that the chain has not, and so many that it alone has."""

    table: str
    first: int
    last: int
    surplus: int
    missing: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, and where the two differ."""

    blocks: int
    rows: int
    differences: tuple[Difference, ...]


async def verify(
    chain: Chain, connection: psycopg.Connection[Any], store: Store, target: Target, here: Position, most_blocks: int
) -> Verdict:
    """Compares everything up to `here`. The mirror may run on meanwhile: what it adds lies above."""
    differences: list[Difference] = []
    first, window, rows = target.start, min(_FIRST_WINDOW, most_blocks), 0
    connection.execute("SET search_path TO pg_temp")
    for table in store.tables:
        connection.execute(
            sql.SQL("CREATE TEMP TABLE {} (LIKE {})").format(
                sql.Identifier(table.name), sql.Identifier(store.schema, table.name)
            )
        )
    while first <= here.number:
        last = min(first + window - 1, here.number)
        try:
            reading = await read_history(chain, target, first, last, here.number)
        except AnswerTooLarge:
            if window == 1:
                raise
            window = halved(window)
            continue
        differences += await asyncio.to_thread(_compare, connection, store, reading)
        rows += reading.logs
        window = grown(window, reading.logs, most_blocks)
        first = last + 1
    return Verdict(max(0, here.number - target.start + 1), rows, tuple(differences))


def _compare(connection: psycopg.Connection[Any], store: Store, reading: Reading) -> list[Difference]:
    """Puts what the chain says into tables of this session, and lets the database compare."""
    found = []
    with connection.transaction(force_rollback=True), connection.cursor() as cursor:
        copy_rows(cursor, store.tables, reading)
        for table in store.tables:
            surplus, missing = _counts(cursor, store, table, reading.first.number, reading.last.number)
            if surplus or missing:
                found.append(Difference(table.name, reading.first.number, reading.last.number, surplus, missing))
    return found


def _counts(cursor: psycopg.Cursor[Any], store: Store, table: TableShape, first: int, last: int) -> tuple[int, int]:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    name = sql.Identifier(table.name)
    mirrored = sql.SQL("SELECT {} FROM {} WHERE block_number BETWEEN {} AND {}").format(
        columns, sql.Identifier(store.schema, table.name), first, last
    )
    said = sql.SQL("SELECT {} FROM {}").format(columns, name)
    query = sql.SQL(
        "SELECT (SELECT count(*) FROM ({0} EXCEPT ALL {1}) a), (SELECT count(*) FROM ({1} EXCEPT ALL {0}) b)"
    )
    counted = cursor.execute(query.format(mirrored, said)).fetchone()
    assert counted is not None  # a SELECT without FROM has one row
    return counted[0], counted[1]
