"""Blocks whose hash the mirror knows: from the table of hashes, and from rows where those carry one."""

from typing import Any

import psycopg
from psycopg import sql

from indexer.log import Position
from indexer.store import Store


def known_positions(cursor: psycopg.Cursor[Any], store: Store, highest: int, limit: int) -> list[Position]:
    """Those up to `highest`, the newest first."""
    part = "SELECT DISTINCT {} AS number, {} AS hash, {} AS time FROM {} WHERE {} <= %s ORDER BY 1 DESC LIMIT %s"
    sources = [(store.blocks, ("number", "hash", "time"))]
    if store.has_hashes:
        sources += [(table.name, ("block_number", "block_hash", "block_time")) for table in store.tables]
    parts = [
        sql.SQL("(") + sql.SQL(part).format(*map(sql.Identifier, (*c, name, c[0]))) + sql.SQL(")")
        for name, c in sources
    ]
    every = sql.SQL("SELECT number, hash, extract(epoch FROM time)::bigint FROM ({}) e GROUP BY number, hash, time")
    query = every.format(sql.SQL(" UNION ").join(parts)) + sql.SQL(" ORDER BY number DESC LIMIT %s")
    found = cursor.execute(query, [*([highest, limit] * len(sources)), limit]).fetchall()
    return [Position(*row) for row in found]
