"""Lists of harvesters: by what they have verified, by reputation, or by when they first revealed a claim."""

from __future__ import annotations

from enum import Enum

import strawberry
from sqlalchemy import ColumnElement, select

from api.lists import ListOf
from api.pages import Ordering
from api.types.enums import OrderDirection
from indexer.tables import harvesters

COLUMNS = harvesters.c


@strawberry.enum(description="What a list of harvesters is ordered by.")
class HarvesterOrderField(Enum):
    VERIFIED_BYTES = "verified_bytes"
    REPUTATION = "reputation"
    FIRST_SEEN = "first_seen"


@strawberry.input(description="The order of a list of harvesters.")
class HarvesterOrder:
    field: HarvesterOrderField = HarvesterOrderField.VERIFIED_BYTES
    direction: OrderDirection = OrderDirection.DESC


_FIGURES: dict[HarvesterOrderField, ColumnElement[int]] = {
    HarvesterOrderField.VERIFIED_BYTES: COLUMNS.verified_bytes,
    HarvesterOrderField.REPUTATION: COLUMNS.reputation,
    HarvesterOrderField.FIRST_SEEN: COLUMNS.first_seen_block,
}


def harvester_list(ordered_by: HarvesterOrder | None) -> ListOf:
    """All harvesters in that order; the one with the most verified bytes first by default."""
    order = ordered_by or HarvesterOrder()
    return ListOf(
        name=("harvesters",),
        rows=select(harvesters),
        conditions=(),
        ordering=Ordering(
            name=f"harvesters.{order.field.value}.{order.direction.value}",
            keys=(_FIGURES[order.field], COLUMNS.address),
            key_types=(int, bytes),
            is_descending=order.direction is OrderDirection.DESC,
        ),
    )
