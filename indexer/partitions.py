"""Event tables in parts, each of so many blocks, made when their first block comes.

A part that is wholly old can be moved, archived or dropped by itself, and its indexes stay small. Invariant: a block's
rows have a part before they are written, made in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql

from indexer.reading import Reading
from indexer.scanning import Logs
from indexer.target import TableShape


class Partitions:
    """The parts of one store's tables. `blocks`: how many a part has; 0: the tables are whole."""

    def __init__(self, tables: Sequence[TableShape], blocks: int) -> None:
        self._tables = tuple(tables)
        self._blocks = blocks
        self._made: set[tuple[str, int]] = set()

    def forget(self) -> None:
        """What was made may have been rolled back: it is looked for anew."""
        self._made.clear()

    def places(self, cursor: psycopg.Cursor[Any], logs: Reading | Logs) -> tuple[TableShape, ...]:
        """Where these rows go: into their part at once, or by the whole table where there are several.

        Only tables that get rows are given a part: most events of an ABI are seldom said, and making one costs as much
        as a thousand rows.
        """
        if not self._blocks:
            return self._tables
        first, last = (block // self._blocks for block in logs.reach)
        filled = {number for number, count in enumerate(logs.counts) if count} | {number for number, _ in logs.judged}
        places = list(self._tables)
        for number in filled:
            table = self._tables[number]
            for part in range(first, last + 1):
                if (table.name, part) not in self._made:
                    self._make(cursor, table.name, part)
                    self._made.add((table.name, part))
            if first == last:
                places[number] = replace(table, name=part_name(table.name, first))
        return tuple(places)

    def _make(self, cursor: psycopg.Cursor[Any], table: str, part: int) -> None:
        name = part_name(table, part)
        # to_regclass reads its text as SQL does, so the name is quoted.
        there = cursor.execute("SELECT to_regclass(quote_ident(%s)) IS NOT NULL", [name]).fetchone()
        if there and there[0]:
            return
        # Made aside and attached: readers of the table are not locked out, as CREATE ... PARTITION OF would.
        names = sql.Identifier(name), sql.Identifier(table)
        cursor.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(*names))
        bounds = sql.Literal(part * self._blocks), sql.Literal((part + 1) * self._blocks)
        attach = sql.SQL("ALTER TABLE {1} ATTACH PARTITION {0} FOR VALUES FROM ({2}) TO ({3})")
        cursor.execute(attach.format(*names, *bounds))


def part_name(table: str, part: int) -> str:
    """The table's name and the part's number; a name holds 63 bytes in PostgreSQL."""
    ending = f"_p{part}"
    return table[: 63 - len(ending)] + ending
