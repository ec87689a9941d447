"""Sums over everything indexed: headline figures, claims by status, savings over time."""

from __future__ import annotations

import strawberry
from sqlalchemy import func, select

from api.database import Reads
from api.errors import BadInput
from api.scalars import BigInt, DateTime
from api.types.enums import ClaimStatus, Interval
from indexer.tables import claim_finalized, harvesters, optimizations, rewards, virtual_land_nfts

LONGEST_SERIES = 366


@strawberry.type(description="How many claims are in one status.")
class StatusCount:
    status: ClaimStatus
    count: int


@strawberry.type(
    description="What was verified in one interval (UTC, by block time). Intervals without any are left out."
)
class SavingsPoint:
    starts_at: DateTime
    saved_bytes: BigInt
    reward_wei: BigInt
    claims: int
    saved_bytes_until: BigInt = strawberry.field(description="All savings up to the end of this interval.")


@strawberry.type(description="Sums over everything indexed.")
class Totals:
    reads: strawberry.Private[Reads]
    saved_bytes: BigInt = strawberry.field(description="Verified and paid.")
    source_bytes: BigInt = strawberry.field(description="Sizes of the pages of finalized claims before.")
    optimized_bytes: BigInt = strawberry.field(description="Sizes of the pages of finalized claims after.")
    pages: int = strawberry.field(description="Different pages with a finalized claim.")
    hosts: int = strawberry.field(description="Different hosts with a finalized claim.")
    claims: int

    @strawberry.field(description="DSH wei ever put in line.")
    async def reward_wei(self) -> BigInt:
        return BigInt(await self._one(select(func.coalesce(func.sum(rewards.c.amount_wei), 0))))

    @strawberry.field(description="DSH wei paid.")
    async def paid_wei(self) -> BigInt:
        paid = select(func.coalesce(func.sum(rewards.c.amount_wei), 0)).where(rewards.c.paid_block.is_not(None))
        return BigInt(await self._one(paid))

    @strawberry.field
    async def harvesters(self) -> int:
        return await self._one(select(func.count()).select_from(harvesters))

    @strawberry.field
    async def parcels(self) -> int:
        return await self._one(select(func.count()).select_from(virtual_land_nfts))

    @strawberry.field(description="Square metres of all parcels.")
    async def land_square_metres(self) -> BigInt:
        return BigInt(await self._one(select(func.coalesce(func.sum(virtual_land_nfts.c.area_m2), 0))))

    @strawberry.field(description="Claims by status; every status is there.")
    async def status_counts(self) -> list[StatusCount]:
        counted = select(optimizations.c.status, func.count().label("claims")).group_by(optimizations.c.status)
        counts = {row.status: int(row.claims) for row in await self.reads.rows(counted)}
        return [StatusCount(status=status, count=counts.get(status.value, 0)) for status in ClaimStatus]

    @strawberry.field(description="Verified savings over time, the oldest first: the last intervals that had any.")
    async def savings(self, interval: Interval = Interval.DAY, last: int = 90) -> list[SavingsPoint]:
        if not 1 <= last <= LONGEST_SERIES:
            raise BadInput(f"'last' must be from 1 to {LONGEST_SERIES}, not {last}.", "last")
        finalized = claim_finalized.c
        starts_at = func.date_trunc(interval.value, finalized.block_time, "UTC").label("starts_at")
        saved = func.sum(finalized.saved_bytes)
        series = (
            select(
                starts_at,
                saved.label("saved_bytes"),
                func.sum(finalized.reward_wei).label("reward_wei"),
                func.count().label("claims"),
                func.sum(saved).over(order_by=starts_at).label("saved_bytes_until"),
            )
            .group_by(starts_at)
            .order_by(starts_at.desc())
            .limit(last)
        )
        return [
            SavingsPoint(
                starts_at=DateTime(row.starts_at),
                saved_bytes=BigInt(int(row.saved_bytes)),
                reward_wei=BigInt(int(row.reward_wei)),
                claims=row.claims,
                saved_bytes_until=BigInt(int(row.saved_bytes_until)),
            )
            for row in reversed(await self.reads.rows(series))
        ]

    async def _one(self, statement: object) -> int:
        row = await self.reads.first(statement)  # type: ignore[arg-type]  # each caller passes a select of one number
        return int(next(iter(row))) if row else 0


async def read_totals(reads: Reads) -> Totals:
    """The sums over claims; the others are read when asked for."""
    columns = optimizations.c
    is_finalized = columns.status == ClaimStatus.FINALIZED.value
    row = await reads.first(
        select(
            func.coalesce(func.sum(columns.saved_bytes), 0).label("saved_bytes"),
            func.coalesce(func.sum(columns.src_bytes).filter(is_finalized), 0).label("source_bytes"),
            func.coalesce(func.sum(columns.opt_bytes).filter(is_finalized), 0).label("optimized_bytes"),
            func.count(columns.page_key.distinct()).filter(is_finalized).label("pages"),
            func.count(columns.domain_id.distinct()).filter(is_finalized).label("hosts"),
            func.count().label("claims"),
        )
    )
    assert row is not None  # an aggregate without GROUP BY always has one row
    return Totals(
        reads=reads,
        saved_bytes=BigInt(int(row.saved_bytes)),
        source_bytes=BigInt(int(row.source_bytes)),
        optimized_bytes=BigInt(int(row.optimized_bytes)),
        pages=row.pages,
        hosts=row.hosts,
        claims=row.claims,
    )
