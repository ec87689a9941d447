"""The rules in force for claims, as governance last set them."""

from __future__ import annotations

import strawberry
from sqlalchemy import select

from api.database import Reads
from api.scalars import BigInt, DateTime
from indexer.tables import parameters


@strawberry.type(description="The rules in force for claims.")
class Parameters:
    window_seconds: BigInt = strawberry.field(description="How long a claim can be contradicted.")
    quorum: int = strawberry.field(description="Votes that a claim needs.")
    minimum_bond_wei: BigInt
    set_block: BigInt
    set_at: DateTime


async def read_parameters(reads: Reads) -> Parameters | None:
    """The parameters that were set last; None before the first."""
    row = await reads.first(select(parameters))
    if row is None:
        return None
    return Parameters(
        window_seconds=BigInt(row.window_seconds),
        quorum=row.quorum,
        minimum_bond_wei=BigInt(row.minimum_bond_wei),
        set_block=BigInt(row.set_block),
        set_at=DateTime(row.set_at),
    )
