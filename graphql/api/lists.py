"""Ordered lists of rows: one page of a list, or the same page of many lists in one query, and their counts.

A nested list goes through a data loader whose name holds everything but the parent, so a page of parents costs one
query for all their children: no N+1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from api.database import Reads
from api.pages import Ordering, Page, Window, cut, page_query, pages_query


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list: its rows, filtered by `conditions`, in an order. `name` tells it from every other list."""

    name: tuple[Any, ...]
    rows: Select[Any]
    conditions: tuple[ColumnElement[bool], ...]
    ordering: Ordering

    @property
    def filtered(self) -> Select[Any]:
        return self.rows.where(*self.conditions)


async def read_page(reads: Reads, wanted: ListOf, asked: Window) -> Page:
    """One page of one list."""
    rows = await reads.rows(page_query(wanted.filtered, wanted.ordering, asked))
    return cut(rows, wanted.ordering, asked)


async def read_count(reads: Reads, wanted: ListOf) -> int:
    """How many rows the list has."""
    row = await reads.first(select(func.count()).select_from(wanted.filtered.subquery()))
    return int(next(iter(row))) if row else 0


async def read_child_page(
    reads: Reads, wanted: ListOf, parent: ColumnElement[Any], parent_key: bytes, asked: Window
) -> Page:
    """One page of a parent's children, read together with those of the other parents."""

    async def load(keys: list[bytes]) -> list[Page]:
        found = await reads.rows(pages_query(wanted.filtered, parent, keys, wanted.ordering, asked))
        rows = _by_parent(found, lambda row: row.parent_key)
        return [cut(rows[key], wanted.ordering, asked) for key in keys]

    return await reads.loader(("page", str(parent), wanted.name, wanted.ordering, asked), load).load(parent_key)


async def read_child_count(reads: Reads, wanted: ListOf, parent: ColumnElement[Any], parent_key: bytes) -> int:
    """How many children a parent has, counted together with those of the other parents."""

    async def load(keys: list[bytes]) -> list[int]:
        matching = wanted.filtered.where(parent.in_(keys)).group_by(parent)
        counted = matching.with_only_columns(parent.label("parent_key"), func.count().label("children"))
        counts = {bytes(row.parent_key): int(row.children) for row in await reads.rows(counted)}
        return [counts.get(key, 0) for key in keys]

    return await reads.loader(("count", str(parent), wanted.name), load).load(parent_key)


async def read_by_key(
    reads: Reads, name: str, rows: Select[Any], key: ColumnElement[Any], value: bytes | int
) -> Row[Any] | None:
    """The row with that unique key, read together with the others that are asked for."""

    async def load(values: list[bytes | int]) -> list[Row[Any] | None]:
        found = await reads.rows(rows.add_columns(key.label("parent_key")).where(key.in_(values)))
        by_key = {_plain(row.parent_key): row for row in found}
        return [by_key.get(wanted) for wanted in values]

    return await reads.loader(("one", name), load).load(value)


def _by_parent(rows: Sequence[Row[Any]], parent: Callable[[Row[Any]], Any]) -> defaultdict[Any, list[Row[Any]]]:
    grouped: defaultdict[Any, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[_plain(parent(row))].append(row)
    return grouped


def _plain(key: Any) -> bytes | int:
    """A key as it was asked for: Postgres gives numeric keys back as Decimal."""
    return bytes(key) if isinstance(key, bytes | memoryview) else int(key)
