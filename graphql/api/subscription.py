"""The root fields of subscriptions: the indexed head, and claims as they change.

Each event is read in a snapshot of its own, so an event agrees with itself and with the block that it names.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import strawberry
from sqlalchemy import Select, or_, select
from strawberry.types import Info

from api.block_feed import News
from api.context import OperationContext, Shared, shared_of
from api.database import Reads
from api.lists import ListOf
from api.reads.optimizations import OptimizationFilter, optimization_list
from api.scalars import BigInt
from api.types.meta import Meta, read_meta
from api.types.optimization import Optimization, optimization
from indexer.tables import claim_attested, optimizations

_MOST_CHANGES = 100
"""Claims told about after one commit of the indexer; whoever needs more, such as after a backfill, reads the list."""


@strawberry.type(description="The indexer has moved on, or back.")
class HeadChange:
    meta: Meta
    reorg_to: BigInt | None = strawberry.field(
        description="Set when blocks were taken back: the last one that is still true. Rows after it are void."
    )


@strawberry.type
class Subscription:
    @strawberry.subscription(description="The indexed head: once at the start, then after each commit of the indexer.")
    async def chain_head(self, info: Info[OperationContext, None]) -> AsyncIterator[HeadChange]:
        shared = shared_of(info)
        with shared.feed.listening() as listener:
            news = News()
            while True:
                meta = await _meta(shared)
                if meta is not None:
                    yield HeadChange(meta=meta, reorg_to=None if news.reorg_to is None else BigInt(news.reorg_to))
                news = await listener.next()

    @strawberry.subscription(
        description="Each claim that was revealed, voted on or decided in a newly indexed block; at most 100 a commit."
    )
    async def optimization_changed(
        self, info: Info[OperationContext, None], filter: OptimizationFilter | None = None
    ) -> AsyncIterator[Optimization]:
        shared = shared_of(info)
        wanted = optimization_list(filter, None)
        with shared.feed.listening() as listener:
            told = _number(await _meta(shared))
            while True:
                news = await listener.next()
                if news.reorg_to is not None:
                    told = min(told, news.reorg_to)
                reads = Reads(shared.engine)
                try:
                    reached = _number(await read_meta(reads))
                    for row in await reads.rows(_changed_since(wanted, told)):
                        yield optimization(row, reads)
                finally:
                    await reads.close()
                told = reached


def _changed_since(wanted: ListOf, told: int) -> Select[Any]:
    columns = optimizations.c
    voted = select(claim_attested.c.claim_id).where(claim_attested.c.block_number > told)
    is_changed = or_(columns.revealed_block > told, columns.decided_block > told, columns.claim_id.in_(voted))
    return wanted.filtered.where(is_changed).order_by(columns.revealed_block).limit(_MOST_CHANGES)


def _number(meta: Meta | None) -> int:
    return meta.block.number if meta else -1


async def _meta(shared: Shared) -> Meta | None:
    reads = Reads(shared.engine)
    try:
        return await read_meta(reads)
    finally:
        await reads.close()
