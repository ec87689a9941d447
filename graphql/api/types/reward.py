"""A reward: DSH that stand in line for an account until the emission has reached them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import Row

from api.database import Reads
from api.scalars import Address, BigInt, DateTime, Hex

if TYPE_CHECKING:
    from api.types.optimization import Optimization


@strawberry.type(description="DSH in line for an account, or already paid.")
class Reward:
    ticket: BigInt
    account: Address
    claim_id: Hex = strawberry.field(description="What it was earned by.")
    amount_wei: BigInt
    queued_end_wei: BigInt = strawberry.field(description="Payable once the chain has emitted this much.")
    queued_block: BigInt
    queued_at: DateTime
    transaction_hash: Hex
    paid_block: BigInt | None
    paid_at: DateTime | None
    paid_transaction_hash: Hex | None
    reads: strawberry.Private[Reads]

    @strawberry.field
    def is_paid(self) -> bool:
        return self.paid_block is not None

    @strawberry.field(description="The claim that earned it.")
    async def optimization(self) -> Annotated[Optimization, strawberry.lazy("api.types.optimization")] | None:
        from api.types.optimization import optimization_of  # the two types name each other

        return await optimization_of(self.reads, self.claim_id)


def reward(row: Row[Any], reads: Reads) -> Reward:
    """The reward of one row of the view."""
    return Reward(
        ticket=BigInt(row.ticket),
        account=Address(row.account),
        claim_id=Hex(row.claim_id),
        amount_wei=BigInt(row.amount_wei),
        queued_end_wei=BigInt(row.queued_end_wei),
        queued_block=BigInt(row.queued_block),
        queued_at=DateTime(row.queued_at),
        transaction_hash=Hex(row.tx_hash),
        paid_block=row.paid_block,
        paid_at=row.paid_at,
        paid_transaction_hash=row.paid_tx_hash,
        reads=reads,
    )
