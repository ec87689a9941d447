"""Rows into their tables by COPY: the compiled reader's as they are, in binary; the slow reader's one by one."""

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from indexer import metrics
from indexer.cells import Row
from indexer.reading import Reading
from indexer.scanning import Logs
from indexer.target import TableShape

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_PIECE = 1 << 20


def copy_rows(cursor: psycopg.Cursor[Any], tables: Sequence[TableShape], reading: Reading | Logs) -> int:
    """Writes a reading's rows; gives how many."""
    started = time.monotonic()
    written = 0
    for table, rows, count in zip(tables, reading.rows, reading.counts, strict=True):
        if count:
            with cursor.copy(_statement(table, " (FORMAT binary)")) as copy:
                copy.write(_HEADER)
                for start in range(0, len(rows), _PIECE):
                    copy.write(rows[start : start + _PIECE])
                copy.write(_TRAILER)
            written += count
    judged: defaultdict[int, list[Row]] = defaultdict(list)
    for number, row in reading.judged:
        judged[number].append(row)
    for number, rows_of in judged.items():
        with cursor.copy(_statement(tables[number], "")) as copy:
            for row in rows_of:
                copy.write_row(row)
        written += len(rows_of)
    metrics.count("indexer_copy_seconds_total", time.monotonic() - started)
    return written


def _statement(table: TableShape, how: str) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns) + sql.SQL(how)
