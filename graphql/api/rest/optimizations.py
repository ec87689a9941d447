"""/optimizations, /harvesters, /analytics, /metaverse: what the chain says, as GraphQL reads it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Row, func, select

from api.errors import NotFound
from api.lists import ListOf, read_page
from api.pages import DEFAULT_PAGE, LARGEST_PAGE, window
from api.reads.harvesters import HarvesterOrder, HarvesterOrderField, harvester_list
from api.reads.land import LandFilter, land_list
from api.reads.optimizations import OptimizationFilter, optimization_list
from api.rest.reading import Snapshot
from api.rest.shapes import AddressText, BigText, HexText, Moment, PageOf, Shape
from api.scalars import address_to_text, text_to_address, text_to_hex
from api.types.enums import Biome, ClaimStatus
from api.types.harvester import harvester_of
from api.types.optimization import optimization_of
from api.types.totals import read_totals
from indexer.tables import checkpoint, claim_finalized

router = APIRouter(tags=["optimization"])

First = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Rows of a page.")]
After = Annotated[str | None, Query(max_length=2_000, description="The `nextCursor` of the page before.")]
AddressQuery = Annotated[str | None, Query(pattern="^0x[0-9a-fA-F]{40}$")]
BiomeQuery = Annotated[str | None, Query(pattern=f"^({'|'.join(biome.name for biome in Biome)})$")]


class Optimization(Shape):
    """A claim that a page was made lighter. `savedBytes`, `rewardWei`: null until it is finalized."""

    claim_id: HexText
    status: str
    prover: AddressText
    host: str | None
    biome: str
    source_bytes: BigText
    optimized_bytes: BigText
    claimed_bytes: BigText
    attested_bytes: BigText
    saved_bytes: BigText | None
    reward_wei: BigText | None
    votes: int
    revealed_at: Moment
    deadline: Moment | None
    decided_at: Moment | None
    transaction_hash: HexText


class Harvester(Shape):
    """Someone who makes pages lighter."""

    address: AddressText
    verified_bytes: BigText
    reputation: BigText
    claims_revealed: int
    claims_finalized: int
    claims_slashed: int
    claims_expired: int
    reward_wei: BigText
    paid_wei: BigText
    land_count: int


class Period(StrEnum):
    """The last hour, day, week or month, by block time."""

    HOUR = "1h"
    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"


_SPANS = {
    Period.HOUR: timedelta(hours=1),
    Period.DAY: timedelta(days=1),
    Period.WEEK: timedelta(days=7),
    Period.MONTH: timedelta(days=30),
}


class Analytics(Shape):
    """What was verified within a period that ends with the indexed block."""

    period: Period
    since: Moment
    until: Moment
    claims: int
    saved_bytes: BigText
    reward_wei: BigText
    harvesters: int
    hosts: int


class MetaverseStats(Shape):
    """Sums over everything indexed."""

    saved_bytes: BigText
    pages: int
    hosts: int
    claims: int
    harvesters: int
    parcels: int
    land_square_metres: BigText
    reward_wei: BigText
    paid_wei: BigText


class Parcel(Shape):
    """A parcel of virtual land."""

    token_id: BigText
    owner: AddressText
    harvester: AddressText
    biome: str
    level: int
    area_square_metres: BigText
    minted_at: Moment


@router.get("/optimizations", summary="Claims, the newest first")
async def list_optimizations(
    reads: Snapshot,
    first: First = DEFAULT_PAGE,
    after: After = None,
    status: Annotated[list[ClaimStatus] | None, Query()] = None,
    prover: AddressQuery = None,
    host: Annotated[str | None, Query(min_length=1, max_length=253)] = None,
    biome: BiomeQuery = None,
) -> PageOf[Optimization]:
    wanted = optimization_list(
        OptimizationFilter(
            status=status,
            prover=text_to_address(prover) if prover else None,
            host=host,
            biome=Biome[biome] if biome else None,
        ),
        None,
    )
    rows, cursor = await _page(reads, wanted, first, after)
    return PageOf(items=[_optimization(row) for row in rows], next_cursor=cursor)


@router.get("/optimizations/{claim_id}", summary="One claim")
async def one_optimization(reads: Snapshot, claim_id: str) -> Optimization:
    key = text_to_hex(claim_id)
    found = await optimization_of(reads, key) if len(key) == 32 else None
    if found is None:
        raise NotFound(f"No claim {claim_id[:66]} is revealed up to the indexed block.", "claimId")
    return Optimization(
        claim_id=found.claim_id,
        status=found.status.value,
        prover=found.prover,
        host=found.host,
        biome=found.biome.name,
        source_bytes=found.source_bytes,
        optimized_bytes=found.optimized_bytes,
        claimed_bytes=found.claimed_bytes,
        attested_bytes=found.attested_bytes,
        saved_bytes=found.saved_bytes,
        reward_wei=found.reward_wei,
        votes=found.votes,
        revealed_at=found.revealed_at,
        deadline=found.deadline,
        decided_at=found.decided_at,
        transaction_hash=found.transaction_hash,
    )


@router.get("/harvesters", summary="Harvesters, the one with the most verified bytes first: the leaderboard")
async def list_harvesters(
    reads: Snapshot,
    first: First = DEFAULT_PAGE,
    after: After = None,
    by: Annotated[HarvesterOrderField, Query()] = HarvesterOrderField.VERIFIED_BYTES,
) -> PageOf[Harvester]:
    rows, cursor = await _page(reads, harvester_list(HarvesterOrder(field=by)), first, after)
    return PageOf(items=[_harvester(row) for row in rows], next_cursor=cursor)


@router.get("/harvesters/{address}", summary="One harvester")
async def one_harvester(reads: Snapshot, address: str) -> Harvester:
    key = text_to_address(address)
    found = await harvester_of(reads, key)
    if found is None:
        raise NotFound(f"{address_to_text(key)} is no harvester up to the indexed block.", "address")
    return _harvester(found)


@router.get("/analytics", summary="What was verified within a period")
async def analytics(reads: Snapshot, period: Annotated[Period, Query()] = Period.DAY) -> Analytics:
    head = await reads.first(select(checkpoint.c.time).where(checkpoint.c.number >= 0))
    if head is None:
        raise NotFound("The indexer has not read a block yet.")
    since = head.time - _SPANS[period]
    events = claim_finalized.c
    sums = select(
        func.count().label("claims"),
        func.coalesce(func.sum(events.saved_bytes), 0).label("saved_bytes"),
        func.coalesce(func.sum(events.reward_wei), 0).label("reward_wei"),
        func.count(events.prover.distinct()).label("harvesters"),
        func.count(events.domain_id.distinct()).label("hosts"),
    ).where(events.block_time > since)
    row = await reads.first(sums)
    assert row is not None  # sums always have a row
    return Analytics(
        period=period,
        since=since,
        until=head.time,
        claims=row.claims,
        saved_bytes=int(row.saved_bytes),
        reward_wei=int(row.reward_wei),
        harvesters=row.harvesters,
        hosts=row.hosts,
    )


@router.get("/metaverse/stats", summary="Sums over everything indexed")
async def metaverse_stats(reads: Snapshot) -> MetaverseStats:
    found = await read_totals(reads)
    return MetaverseStats(**{name: getattr(found, name) for name in MetaverseStats.model_fields})


@router.get("/metaverse/assets", summary="Parcels of virtual land, the last minted first")
async def metaverse_assets(
    reads: Snapshot, first: First = DEFAULT_PAGE, after: After = None, owner: AddressQuery = None
) -> PageOf[Parcel]:
    wanted = land_list(LandFilter(owner=text_to_address(owner)) if owner else None)
    rows, cursor = await _page(reads, wanted, first, after)
    parcels = [
        Parcel(
            token_id=row.token_id,
            owner=row.owner,
            harvester=row.harvester,
            biome=Biome(row.biome).name,
            level=row.level,
            area_square_metres=row.area_m2,
            minted_at=row.minted_at,
        )
        for row in rows
    ]
    return PageOf(items=parcels, next_cursor=cursor)


async def _page(
    reads: Snapshot, wanted: ListOf, first: int, after: str | None
) -> tuple[tuple[Row[Any], ...], str | None]:
    page = await read_page(reads, wanted, window(wanted.ordering, first, after))
    return page.rows, page.cursors[-1] if page.has_next else None


def _optimization(row: Row[Any]) -> Optimization:
    return Optimization(
        claim_id=row.claim_id,
        status=row.status,
        prover=row.prover,
        host=row.host,
        biome=Biome(row.biome).name,
        source_bytes=row.src_bytes,
        optimized_bytes=row.opt_bytes,
        claimed_bytes=row.claimed_bytes,
        attested_bytes=row.attested_bytes,
        saved_bytes=row.saved_bytes,
        reward_wei=row.reward_wei,
        votes=row.votes,
        revealed_at=row.revealed_at,
        deadline=row.deadline_at,
        decided_at=row.decided_at,
        transaction_hash=row.tx_hash,
    )


def _harvester(found: Any) -> Harvester:
    return Harvester(**{name: getattr(found, name) for name in Harvester.model_fields})
