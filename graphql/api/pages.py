"""Keyset pages: which rows of an ordered list a connection shows, in one query, at any depth of the list.

A list is ordered by keys that end in a unique one, all in the same direction, so a page begins where the row-wise
comparison with a cursor says, and no row is skipped or shown twice while others are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_

from api import cursors
from api.cursors import Key
from api.errors import BadCursor, BadInput

LARGEST_PAGE = 100
DEFAULT_PAGE = 20


@dataclass(frozen=True, slots=True)
class Ordering:
    """A named total order of a list. The name is part of each cursor; the last key is unique."""

    name: str
    keys: tuple[ColumnElement[Any], ...]
    key_types: tuple[type, ...]
    is_descending: bool

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        # Column elements compare into SQL, so the names decide.
        return isinstance(other, Ordering) and self.name == other.name


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of an ordered list is asked for: `size` rows after or before a place, or at an end."""

    size: int
    is_backward: bool = False
    after: tuple[Key, ...] | None = None
    before: tuple[Key, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one window in the list's order, each with its cursor."""

    rows: tuple[Row[Any], ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool


def window(
    ordering: Ordering,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Window:
    """The window that Relay's four arguments describe. Raises BadInput or BadCursor, naming the argument."""
    if first is not None and last is not None:
        raise BadInput("Pass 'first' or 'last', not both.", "last")
    field, size = ("last", last) if last is not None else ("first", DEFAULT_PAGE if first is None else first)
    if not 1 <= size <= LARGEST_PAGE:
        raise BadInput(f"'{field}' must be from 1 to {LARGEST_PAGE}, not {size}.", field)
    return Window(size, last is not None, _keys(ordering, after, "after"), _keys(ordering, before, "before"))


def page_query(rows: Select[Any], ordering: Ordering, asked: Window) -> Select[Any]:
    """`rows` cut to the window, and one row more, which tells whether the list goes on."""
    return (
        _bounded(rows, ordering, asked)
        .add_columns(*_labelled(ordering))
        .order_by(*_sort(ordering, asked))
        .limit(asked.size + 1)
    )


def pages_query(
    rows: Select[Any], parent: ColumnElement[Any], parents: Sequence[Any], ordering: Ordering, asked: Window
) -> Select[Any]:
    """The same window of many lists at once, one for each of `parents`; `parent_key` says whose a row is."""
    rank = func.row_number().over(partition_by=parent, order_by=_sort(ordering, asked)).label("page_rank")
    ranked = (
        _bounded(rows.where(parent.in_(parents)), ordering, asked)
        .add_columns(*_labelled(ordering), parent.label("parent_key"), rank)
        .subquery()
    )
    return select(ranked).where(ranked.c.page_rank <= asked.size + 1).order_by(ranked.c.page_rank)


def cut(rows: Sequence[Row[Any]], ordering: Ordering, asked: Window) -> Page:
    """The page of what page_query() answered."""
    kept = list(rows[: asked.size])
    has_more = len(rows) > asked.size
    if asked.is_backward:
        kept.reverse()
    return Page(
        rows=tuple(kept),
        cursors=tuple(cursors.encode(ordering.name, _row_keys(row, ordering)) for row in kept),
        # On the side that the page was entered from there is at least the cursor's own row.
        has_next=asked.before is not None if asked.is_backward else has_more,
        has_previous=has_more if asked.is_backward else asked.after is not None,
    )


def _keys(ordering: Ordering, cursor: str | None, field: str) -> tuple[Key, ...] | None:
    if cursor is None:
        return None
    keys = cursors.decode(ordering.name, cursor, field)
    if tuple(map(type, keys)) != ordering.key_types:
        raise BadCursor(field)
    return keys


def _bounded(rows: Select[Any], ordering: Ordering, asked: Window) -> Select[Any]:
    place = tuple_(*ordering.keys)
    for keys, is_lower_bound in ((asked.after, not ordering.is_descending), (asked.before, ordering.is_descending)):
        if keys is not None:
            bound = tuple_(*(literal(key, column.type) for key, column in zip(keys, ordering.keys, strict=True)))
            rows = rows.where(place > bound if is_lower_bound else place < bound)
    return rows


def _sort(ordering: Ordering, asked: Window) -> list[ColumnElement[Any]]:
    is_descending = ordering.is_descending != asked.is_backward
    return [key.desc() if is_descending else key.asc() for key in ordering.keys]


def _labelled(ordering: Ordering) -> list[ColumnElement[Any]]:
    return [key.label(f"sort_key_{place}") for place, key in enumerate(ordering.keys)]


def _row_keys(row: Row[Any], ordering: Ordering) -> list[Key]:
    values = (row._mapping[f"sort_key_{place}"] for place in range(len(ordering.keys)))
    return [int(value) if isinstance(value, Decimal) else value for value in values]
