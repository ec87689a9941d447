"""Logs that no event explained are kept whole; once an event does, they become its rows without asking the chain.

Invariant: a log is in exactly one table, before and after.
"""

from collections.abc import Callable
from typing import Any

import orjson
import psycopg
from psycopg import sql

from indexer.scanning import Logs, read_logs
from indexer.store import Store
from indexer.target import Target

UNKNOWN_TOPIC = "unknown topic"

_BATCH_ROWS = 5_000


def read_aside_again(
    cursor: psycopg.Cursor[Any], store: Store, target: Target, copy: Callable[[Logs], object]
) -> tuple[int, int | None]:
    """Copies what can be explained now. Gives how many logs, and the first of their blocks."""
    table = sql.Identifier(store.aside)
    number = next(place for place, shape in enumerate(target.tables) if shape.name == store.aside)
    explained, first, after = 0, None, (-1, -1)
    while rows := _batch(cursor, table, after):
        after = rows[-1][0], rows[-1][1]
        logs = read_logs(target, _answer(rows), rows[0][0], after[0])
        unknown = sum(1 for place, row in logs.judged if place == number and row[-1] == UNKNOWN_TOPIC)
        if unknown == len(rows):
            continue
        cursor.execute(
            sql.SQL(
                "DELETE FROM {} WHERE reason = %s AND (block_number, log_index) BETWEEN (%s, %s) AND (%s, %s)"
            ).format(table),
            [UNKNOWN_TOPIC, *rows[0][:2], *after],
        )
        copy(logs)
        explained += len(rows) - unknown
        first = rows[0][0] if first is None else first
    return explained, first


def _batch(cursor: psycopg.Cursor[Any], table: sql.Identifier, after: tuple[int, int]) -> list[tuple[Any, ...]]:
    return cursor.execute(
        sql.SQL(
            "SELECT block_number, log_index, extract(epoch FROM block_time)::bigint, block_hash, tx_hash, contract,"
            " topics, data FROM {} WHERE reason = %s AND (block_number, log_index) > (%s, %s)"
            " ORDER BY block_number, log_index LIMIT %s"
        ).format(table),
        [UNKNOWN_TOPIC, *after, _BATCH_ROWS],
    ).fetchall()


def _answer(rows: list[tuple[Any, ...]]) -> bytearray:
    """The rows as a node would have said them."""
    logs = [
        {
            "address": _hex(contract),
            "topics": [_hex(topic) for topic in topics],
            "data": _hex(data),
            "blockNumber": hex(block),
            "blockHash": _hex(block_hash),
            "blockTimestamp": hex(seconds),
            "transactionHash": _hex(tx_hash),
            "transactionIndex": "0x0",
            "logIndex": hex(log_index),
            "removed": False,
        }
        for block, log_index, seconds, block_hash, tx_hash, contract, topics, data in rows
    ]
    return bytearray(orjson.dumps([{"jsonrpc": "2.0", "id": 0, "result": logs}]))


def _hex(content: bytes) -> str:
    return "0x" + content.hex()
