"""A parcel of virtual land: minted for each 100 KiB that a harvester has verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import Row

from api.database import Reads
from api.scalars import Address, BigInt, DateTime, Hex
from api.types.enums import Biome

if TYPE_CHECKING:
    from api.types.harvester import Harvester


@strawberry.type(description="A parcel of virtual land (ERC-721).")
class LandParcel:
    token_id: BigInt
    owner: Address = strawberry.field(description="Who holds it now; the zero address once burnt.")
    harvester_address: Address = strawberry.field(description="Whose verified bytes it was minted for.")
    biome: Biome
    level: int
    area_square_metres: BigInt
    minted_block: BigInt
    minted_at: DateTime
    transaction_hash: Hex
    reads: strawberry.Private[Reads]

    @strawberry.field(description="Whose verified bytes it was minted for.")
    async def harvester(self) -> Annotated[Harvester, strawberry.lazy("api.types.harvester")] | None:
        from api.types.harvester import harvester_of  # the two types name each other

        return await harvester_of(self.reads, self.harvester_address)


def land_parcel(row: Row[Any], reads: Reads) -> LandParcel:
    """The parcel of one row of the view."""
    return LandParcel(
        token_id=BigInt(row.token_id),
        owner=Address(row.owner),
        harvester_address=Address(row.harvester),
        biome=Biome(row.biome),
        level=row.level,
        area_square_metres=BigInt(row.area_m2),
        minted_block=BigInt(row.minted_block),
        minted_at=DateTime(row.minted_at),
        transaction_hash=Hex(row.tx_hash),
        reads=reads,
    )
