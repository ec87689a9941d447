"""What an answer is worth: which block it is of, and how far the chain has gone on since."""

from __future__ import annotations

import strawberry
from sqlalchemy import func, select

from api.database import Reads
from api.scalars import BigInt, DateTime, Hex
from indexer.tables import checkpoint


@strawberry.type(description="A block of the chain.")
class Block:
    number: BigInt
    hash: Hex
    time: DateTime


@strawberry.type(description="Of which block an answer is. Everything in one answer is of the same block.")
class Meta:
    chain_id: BigInt
    block: Block
    chain_head: BigInt = strawberry.field(description="The newest block that the indexer has seen on the chain.")
    lag_blocks: BigInt = strawberry.field(description="Blocks that the indexer still has to read.")
    seen_at: DateTime = strawberry.field(description="When the indexer last saw the chain.")
    silent_seconds: int = strawberry.field(description="Seconds since then; it looks every few seconds while it runs.")


async def read_meta(reads: Reads) -> Meta | None:
    """The indexer's checkpoint; None before it has read its first block."""
    silence = func.extract("epoch", func.clock_timestamp() - checkpoint.c.seen_at).label("silent_seconds")
    row = await reads.first(select(checkpoint, silence))
    if row is None or row.number < 0:
        return None
    return Meta(
        chain_id=BigInt(row.chain_id),
        block=Block(number=BigInt(row.number), hash=Hex(row.hash), time=DateTime(row.time)),
        chain_head=BigInt(row.head_number),
        lag_blocks=BigInt(max(0, row.head_number - row.number)),
        seen_at=DateTime(row.seen_at),
        silent_seconds=max(0, int(row.silent_seconds)),
    )
