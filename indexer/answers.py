"""Nodes' answers kept as they came, so that rows can be made of them anew without a node: a decoder's fault, once
mended, costs no request.

Invariant: in the transaction that writes rows, the answer that they are of is written too; a reorg cuts both.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from psycopg import sql

_FASTEST = 1
_AT_ONCE = 4  # answers: some 30 MB


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with logs. `call`: the question's id in it; `times`: of blocks whose time it does not say."""

    first: int
    last: int
    call: int
    times: dict[int, int]
    body: bytes | bytearray


def keep(cursor: psycopg.Cursor[Any], table: str, answer: Answer) -> None:
    """Adds an answer, compressed: hashes and addresses stay, the rest of the JSON all but vanishes."""
    times = orjson.dumps({str(number): time for number, time in answer.times.items()}).decode()
    cursor.execute(
        sql.SQL("INSERT INTO {} (first_block, last_block, call, times, body) VALUES (%s, %s, %s, %s, %s)").format(
            sql.Identifier(table)
        ),
        [answer.first, answer.last, answer.call, times, zlib.compress(answer.body, _FASTEST)],
    )


def cut(cursor: psycopg.Cursor[Any], table: str, to: int) -> None:
    """Takes all logs above a block out of the answers."""
    name = sql.Identifier(table)
    cursor.execute(sql.SQL("DELETE FROM {} WHERE first_block > %s").format(name), [to])
    straddling = cursor.execute(sql.SQL("SELECT id, body FROM {} WHERE last_block > %s").format(name), [to]).fetchall()
    for identity, body in straddling:
        shorter = zlib.compress(_without(zlib.decompress(body), to), _FASTEST)
        update = sql.SQL("UPDATE {} SET last_block = %s, body = %s WHERE id = %s").format(name)
        cursor.execute(update, [to, shorter, identity])


def every(cursor: psycopg.Cursor[Any], table: str) -> Iterator[Answer]:
    """All of them, the oldest first."""
    query = sql.SQL(
        "SELECT id, first_block, last_block, call, times, body FROM {} WHERE id > %s ORDER BY id LIMIT %s"
    ).format(sql.Identifier(table))
    after = 0
    while rows := cursor.execute(query, [after, _AT_ONCE]).fetchall():
        for _, first, last, call, times, body in rows:
            known = {int(number): time for number, time in times.items()}
            yield Answer(first, last, call, known, bytearray(zlib.decompress(body)))
        after = rows[-1][0]


def _without(body: bytes, to: int) -> bytes:
    replies = orjson.loads(body)
    for reply in replies if isinstance(replies, list) else [replies]:
        if isinstance(reply.get("result"), list):
            reply["result"] = [log for log in reply["result"] if int(log["blockNumber"], 16) <= to]
    return orjson.dumps(replies)
