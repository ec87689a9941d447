"""A registered host: its owner, and the biome that sets what its pages earn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import Row, select

from api.database import Reads
from api.lists import read_by_key
from api.pages import window
from api.reads.optimizations import OptimizationFilter, OptimizationOrder, optimization_list
from api.scalars import Address, BigInt, DateTime, Hex
from api.types.connection import Connection, child_connection
from api.types.enums import Biome
from indexer.tables import hosts, optimizations

if TYPE_CHECKING:
    from api.types.optimization import Optimization


@strawberry.type(description="A registered host.")
class Host:
    domain_id: Hex = strawberry.field(description="keccak256 of the lower-case name.")
    name: str
    owner: Address
    biome: Biome
    registered_block: BigInt
    registered_at: DateTime
    reads: strawberry.Private[Reads]

    @strawberry.field(description="The claims for its pages.")
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
        parent = optimizations.c.domain_id
        asked = window(wanted.ordering, first, after, last, before)
        return await child_connection(self.reads, wanted, parent, self.domain_id, asked, optimization)


def host(row: Row[Any], reads: Reads) -> Host:
    """The host of one row of the view."""
    return Host(
        domain_id=Hex(row.domain_id),
        name=row.host,
        owner=Address(row.owner),
        biome=Biome(row.biome),
        registered_block=BigInt(row.registered_block),
        registered_at=DateTime(row.registered_at),
        reads=reads,
    )


async def host_of(reads: Reads, domain_id: bytes) -> Host | None:
    """The host with that domain id, if it is registered."""
    row = await read_by_key(reads, "host", select(hosts), hosts.c.domain_id, domain_id)
    return None if row is None else host(row, reads)
