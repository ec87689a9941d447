"""Contracts that other contracts create: which there are is what the factories' events say, in SQL.

A child is taken up once the block that created it is mirrored; what it said up to there is read then, by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from indexer.log import Position
from indexer.writer import Writer


@dataclass(frozen=True, slots=True)
class Source:
    """Where the addresses of a template's children are. `factory`: who said them, where the table has several's."""

    template: str
    table: str
    column: str
    factory: bytes | None


@dataclass(frozen=True, slots=True)
class Child:
    """One contract made after a template, in this block."""

    template: str
    address: bytes
    block: int

    @property
    def name(self) -> str:
        return f"{self.template}_{self.address.hex()}"


class Children:
    """The children that are known, kept up with the mirror."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._known: dict[bytes, Child] = {}
        self._to: Position | None = None

    async def at(self, writer: Writer) -> tuple[Child, ...]:
        """Those that were created in the mirrored blocks; asks for the new ones only, and for all after a reorg."""
        here = writer.here
        if not self._sources or here == self._to:
            return tuple(self._known.values())
        if self._to is None or here.number <= self._to.number:
            self._known.clear()
            self._to = None
        after = -1 if self._to is None else self._to.number
        for child in await writer.read(lambda cursor: children_in(cursor, self._sources, after)):
            self._known.setdefault(child.address, child)
        self._to = here
        return tuple(self._known.values())


def children_in(cursor: psycopg.Cursor[Any], sources: Sequence[Source], after: int = -1) -> list[Child]:
    """The children that the tables name above a block, the first first."""
    found = []
    for source in sources:
        query = sql.SQL("SELECT {}, min(block_number) FROM {} WHERE block_number > %s").format(
            sql.Identifier(source.column), sql.Identifier(source.table)
        )
        values: list[object] = [after]
        if source.factory is not None:
            query += sql.SQL(" AND contract = %s")
            values.append(source.factory)
        rows = cursor.execute(query + sql.SQL(" GROUP BY 1 ORDER BY 2, 1"), values).fetchall()
        found += [Child(source.template, bytes(address), block) for address, block in rows]
    return found
