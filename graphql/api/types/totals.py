"""Sums over everything indexed: headline figures, claims by status, savings over time."""

from __future__ import annotations

from typing import Any

import strawberry
from sqlalchemy import BigInteger, cast, func, literal, select

from api.database import Reads
from api.errors import BadInput
from api.scalars import BigInt, DateTime
from api.types.enums import ClaimStatus, Interval
from indexer.tables import claim_finalized, rollups, totals

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
    reward_wei: BigInt = strawberry.field(description="DSH wei ever put in line.")
    paid_wei: BigInt = strawberry.field(description="DSH wei paid.")
    harvesters: int
    parcels: int
    land_square_metres: BigInt = strawberry.field(description="Square metres of all parcels.")
    status_counts: list[StatusCount] = strawberry.field(description="Claims by status; every status is there.")

    @strawberry.field(description="Verified savings over time, the oldest first: the last intervals that had any.")
    async def savings(self, interval: Interval = Interval.DAY, last: int = 90) -> list[SavingsPoint]:
        if not 1 <= last <= LONGEST_SERIES:
            raise BadInput(f"'last' must be from 1 to {LONGEST_SERIES}, not {last}.", "last")
        figures = _figures(interval)
        starts_at = func.date_trunc(interval.value, figures.starts_at, "UTC").label("starts_at")
        saved = func.sum(figures.saved_bytes)
        series = (
            select(
                starts_at,
                saved.label("saved_bytes"),
                func.sum(figures.reward_wei).label("reward_wei"),
                cast(func.sum(figures.claims), BigInteger).label("claims"),
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


def _figures(interval: Interval) -> Any:
    """What to sum up for a series: claims by the second or minute, hours and days as the indexer keeps them."""
    if interval in (Interval.SECOND, Interval.MINUTE):
        events = claim_finalized.c
        kept = select(
            events.block_time.label("starts_at"), events.saved_bytes, events.reward_wei, literal(1).label("claims")
        )
    else:
        hours = rollups.c
        kept = select(
            hours.starts_at, hours.saved_bytes, hours.reward_wei, hours.claims_finalized.label("claims")
        ).where(
            hours.interval == ("hour" if interval is Interval.HOUR else "day"),
            hours.claims_finalized > 0,
        )
    return kept.subquery().c


async def read_totals(reads: Reads) -> Totals:
    """The sums as the indexer keeps them."""
    row = await reads.first(select(totals))
    figures = {column.name: 0 for column in totals.columns} if row is None else row._mapping

    return Totals(
        reads=reads,
        saved_bytes=BigInt(int(figures["saved_bytes"])),
        source_bytes=BigInt(int(figures["source_bytes"])),
        optimized_bytes=BigInt(int(figures["optimized_bytes"])),
        pages=figures["pages"],
        hosts=figures["hosts"],
        claims=figures["claims"],
        reward_wei=BigInt(int(figures["reward_wei"])),
        paid_wei=BigInt(int(figures["paid_wei"])),
        harvesters=figures["harvesters"],
        parcels=figures["parcels"],
        land_square_metres=BigInt(int(figures["area_m2"])),
        status_counts=[StatusCount(status=status, count=figures[f"claims_{status.value}"]) for status in ClaimStatus],
    )
