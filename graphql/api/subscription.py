"""The root fields of subscriptions: the indexed head, and claims as they change.

Each event is read in a snapshot of its own, so an event agrees with itself and with the block that it names.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import strawberry
from sqlalchemy import or_, select
from strawberry.types import Info

from api.context import OperationContext, Shared, shared_of
from api.database import Reads
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
        first = await _meta(shared)
        if first is not None:
            yield HeadChange(meta=first, reorg_to=None)
        async with aclosing(shared.feed.news()) as news:
            async for item in news:
                meta = await _meta(shared)
                if meta is not None:
                    reorg_to = None if item.reorg_to is None else BigInt(item.reorg_to)
                    yield HeadChange(meta=meta, reorg_to=reorg_to)

    @strawberry.subscription(
        description="Each claim that was revealed, voted on or decided in a newly indexed block; at most 100 a commit."
    )
    async def optimization_changed(
        self, info: Info[OperationContext, None], filter: OptimizationFilter | None = None
    ) -> AsyncIterator[Optimization]:
        shared = shared_of(info)
        wanted = optimization_list(filter, None)
        start = await _meta(shared)
        told = start.block.number if start else BigInt(-1)
        async with aclosing(shared.feed.news()) as news:
            async for item in news:
                if item.reorg_to is not None:
                    told = BigInt(min(told, item.reorg_to))
                reads = Reads(shared.engine)
                try:
                    meta = await read_meta(reads)
                    columns = optimizations.c
                    voted = select(claim_attested.c.claim_id).where(claim_attested.c.block_number > told)
                    is_changed = or_(
                        columns.revealed_block > told, columns.decided_block > told, columns.claim_id.in_(voted)
                    )
                    changed = wanted.filtered.where(is_changed).order_by(columns.revealed_block).limit(_MOST_CHANGES)
                    for row in await reads.rows(changed):
                        yield optimization(row, reads)
                finally:
                    await reads.close()
                told = meta.block.number if meta else BigInt(-1)


async def _meta(shared: Shared) -> Meta | None:
    reads = Reads(shared.engine)
    try:
        return await read_meta(reads)
    finally:
        await reads.close()
