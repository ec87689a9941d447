"""Relay connections: https://relay.dev/graphql/connections.htm, with `nodes` and `totalCount` beside the edges."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import strawberry
from sqlalchemy import ColumnElement, Row

from api.database import Reads
from api.lists import ListOf, read_child_count, read_child_page, read_count, read_page
from api.pages import Page, Window

Node = TypeVar("Node")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="One row of a page, with the cursor to go on from it.")
class Edge(Generic[Node]):
    cursor: str
    node: Node


@strawberry.type(description="A page of an ordered list.")
class Connection(Generic[Node]):
    edges: list[Edge[Node]]
    page_info: PageInfo
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="The page's rows without their cursors.")
    def nodes(self) -> list[Node]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="Rows of the whole list, whatever the page. Counted only when asked for.")
    async def total_count(self) -> int:
        return await self.count()


async def list_connection(
    reads: Reads, wanted: ListOf, asked: Window, node: Callable[[Row[Any], Reads], Node]
) -> Connection[Node]:
    """One page of a list."""
    return _connection(await read_page(reads, wanted, asked), reads, node, lambda: read_count(reads, wanted))


async def child_connection(
    reads: Reads,
    wanted: ListOf,
    parent: ColumnElement[Any],
    parent_key: bytes,
    asked: Window,
    node: Callable[[Row[Any], Reads], Node],
) -> Connection[Node]:
    """One page of the rows of a list whose `parent` column is `parent_key`."""
    page = await read_child_page(reads, wanted, parent, parent_key, asked)
    return _connection(page, reads, node, lambda: read_child_count(reads, wanted, parent, parent_key))


def _connection(
    page: Page, reads: Reads, node: Callable[[Row[Any], Reads], Node], count: Callable[[], Awaitable[int]]
) -> Connection[Node]:
    return Connection(
        edges=[Edge(cursor=cursor, node=node(row, reads)) for row, cursor in zip(page.rows, page.cursors, strict=True)],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
        count=count,
    )
