"""A harvester: who makes pages lighter, what they have verified, earned and own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import Row, select

from api.database import Reads
from api.lists import read_by_key
from api.pages import window
from api.reads.land import LandFilter, land_list
from api.reads.optimizations import OptimizationFilter, OptimizationOrder, optimization_list
from api.reads.rewards import RewardFilter, reward_list
from api.scalars import Address, BigInt, DateTime
from api.types.connection import Connection, child_connection
from indexer.tables import harvesters, optimizations, rewards, virtual_land_nfts

if TYPE_CHECKING:
    from api.types.land import LandParcel
    from api.types.optimization import Optimization
    from api.types.reward import Reward


@strawberry.type(description="Someone who makes pages lighter, with what they have verified, earned and own.")
class Harvester:
    address: Address
    verified_bytes: BigInt
    reputation: BigInt
    claims_revealed: int
    claims_finalized: int
    claims_slashed: int
    claims_expired: int
    reward_wei: BigInt = strawberry.field(description="DSH wei ever put in line for them, paid or not.")
    paid_wei: BigInt = strawberry.field(description="DSH wei paid to them so far.")
    land_count: int = strawberry.field(description="Parcels minted to them, sold or not.")
    first_seen_block: BigInt
    first_seen_at: DateTime
    reads: strawberry.Private[Reads]

    @strawberry.field(description="Their claims.")
    async def optimizations(
        self,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: OptimizationFilter | None = None,
        order_by: OptimizationOrder | None = None,
    ) -> Connection[Annotated[Optimization, strawberry.lazy("api.types.optimization")]]:
        from api.types.optimization import optimization  # the two types name each other

        wanted = optimization_list(filter, order_by)
        parent = optimizations.c.prover
        asked = window(wanted.ordering, first, after, last, before)
        return await child_connection(self.reads, wanted, parent, self.address, asked, optimization)

    @strawberry.field(description="Parcels that were minted to them.")
    async def land(
        self,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: LandFilter | None = None,
    ) -> Connection[Annotated[LandParcel, strawberry.lazy("api.types.land")]]:
        from api.types.land import land_parcel

        wanted = land_list(filter)
        parent = virtual_land_nfts.c.harvester
        asked = window(wanted.ordering, first, after, last, before)
        return await child_connection(self.reads, wanted, parent, self.address, asked, land_parcel)

    @strawberry.field(description="Their rewards.")
    async def rewards(
        self,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: RewardFilter | None = None,
    ) -> Connection[Annotated[Reward, strawberry.lazy("api.types.reward")]]:
        from api.types.reward import reward

        wanted = reward_list(filter)
        parent = rewards.c.account
        asked = window(wanted.ordering, first, after, last, before)
        return await child_connection(self.reads, wanted, parent, self.address, asked, reward)


def harvester(row: Row[Any], reads: Reads) -> Harvester:
    """The harvester of one row of the view."""
    return Harvester(
        address=Address(row.address),
        verified_bytes=BigInt(row.verified_bytes),
        reputation=BigInt(row.reputation),
        claims_revealed=row.claims_revealed,
        claims_finalized=row.claims_finalized,
        claims_slashed=row.claims_slashed,
        claims_expired=row.claims_expired,
        reward_wei=BigInt(row.reward_wei),
        paid_wei=BigInt(row.paid_wei),
        land_count=row.land_count,
        first_seen_block=BigInt(row.first_seen_block),
        first_seen_at=DateTime(row.first_seen_at),
        reads=reads,
    )


async def harvester_of(reads: Reads, address: bytes) -> Harvester | None:
    """The harvester with that address, if there is one."""
    row = await read_by_key(reads, "harvester", select(harvesters), harvesters.c.address, address)
    return None if row is None else harvester(row, reads)
