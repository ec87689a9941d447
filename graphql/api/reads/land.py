"""Lists of land parcels, the newest first."""

from __future__ import annotations

import strawberry
from sqlalchemy import ColumnElement, select

from api.lists import ListOf
from api.pages import Ordering
from api.scalars import Address
from api.types.enums import Biome
from indexer.tables import virtual_land_nfts

COLUMNS = virtual_land_nfts.c


@strawberry.input(description="Which parcels a list shows: those that match everything that is given.")
class LandFilter:
    owner: Address | None = None
    biome: Biome | None = None


def land_list(filtered_by: LandFilter | None) -> ListOf:
    """The parcels that match the filter, the last minted first."""
    wanted = filtered_by or LandFilter()
    conditions: dict[tuple[str, object], ColumnElement[bool]] = {}
    if wanted.owner is not None:
        conditions["owner", wanted.owner] = COLUMNS.owner == wanted.owner
    if wanted.biome is not None:
        conditions["biome", wanted.biome.value] = COLUMNS.biome == wanted.biome.value
    return ListOf(
        name=("land", *conditions),
        rows=select(virtual_land_nfts),
        conditions=tuple(conditions.values()),
        ordering=Ordering("land", (COLUMNS.minted_block, COLUMNS.minted_log_index), (int, int), is_descending=True),
    )
