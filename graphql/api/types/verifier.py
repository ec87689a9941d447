"""A verifier node: an account whose votes on claims count."""

from __future__ import annotations

from typing import Any

import strawberry
from sqlalchemy import Row

from api.database import Reads
from api.scalars import Address, BigInt, DateTime


@strawberry.type(description="An account that is, or was, a verifier node.")
class Verifier:
    address: Address
    is_active: bool = strawberry.field(description="Whether its votes count now.")
    set_block: BigInt
    set_at: DateTime
    attestations: int
    last_attested_at: DateTime | None


def verifier(row: Row[Any], _: Reads) -> Verifier:
    """The verifier of one row of the view."""
    return Verifier(
        address=Address(row.address),
        is_active=row.is_verifier,
        set_block=BigInt(row.set_block),
        set_at=DateTime(row.set_at),
        attestations=row.attestations,
        last_attested_at=row.last_attested_at,
    )
