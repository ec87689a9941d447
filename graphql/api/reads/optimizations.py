"""Lists of optimizations: claims in the order of their reveal, or by what they claim, save or earn."""

from __future__ import annotations

from enum import Enum

import strawberry
from eth_utils.crypto import keccak
from sqlalchemy import ColumnElement, func, select

from api.errors import BadInput
from api.lists import ListOf
from api.pages import Ordering
from api.scalars import Address, Hex
from api.types.enums import Biome, ClaimStatus, OrderDirection
from indexer.tables import claim_attested, optimizations

COLUMNS = optimizations.c
LONGEST_HOST = 253


@strawberry.enum(description="What a list of optimizations is ordered by.")
class OptimizationOrderField(Enum):
    REVEALED = "revealed"
    CLAIMED_BYTES = "claimed_bytes"
    SAVED_BYTES = "saved_bytes"
    REWARD = "reward"


@strawberry.input(description="The order of a list of optimizations; a claim that lacks the figure counts as 0.")
class OptimizationOrder:
    field: OptimizationOrderField = OptimizationOrderField.REVEALED
    direction: OrderDirection = OrderDirection.DESC


@strawberry.input(description="Which optimizations a list shows: those that match everything that is given.")
class OptimizationFilter:
    status: list[ClaimStatus] | None = strawberry.field(default=None, description="Any of these.")
    prover: Address | None = None
    host: str | None = strawberry.field(default=None, description="A host's name, registered or not, in any case.")
    page_key: Hex | None = strawberry.field(default=None, description="keccak256 of the domain id and the path's hash.")
    biome: Biome | None = None


_FIGURES: dict[OptimizationOrderField, ColumnElement[int]] = {
    OptimizationOrderField.CLAIMED_BYTES: COLUMNS.claimed_bytes,
    OptimizationOrderField.SAVED_BYTES: func.coalesce(COLUMNS.saved_bytes, 0),
    OptimizationOrderField.REWARD: func.coalesce(COLUMNS.reward_wei, 0),
}


def optimization_list(filtered_by: OptimizationFilter | None, ordered_by: OptimizationOrder | None) -> ListOf:
    """The claims that match the filter, in that order; the newest first by default."""
    order = ordered_by or OptimizationOrder()
    conditions = _conditions(filtered_by or OptimizationFilter())
    return ListOf(
        name=("optimizations", *conditions),
        rows=select(optimizations),
        conditions=tuple(conditions.values()),
        ordering=_ordering(order),
    )


def attestation_list() -> ListOf:
    """Votes in the order in which the chain took them."""
    columns = claim_attested.c
    return ListOf(
        name=("attestations",),
        rows=select(claim_attested),
        conditions=(),
        ordering=Ordering("attestations", (columns.block_number, columns.log_index), (int, int), is_descending=False),
    )


def _ordering(order: OptimizationOrder) -> Ordering:
    name = f"optimizations.{order.field.value}.{order.direction.value}"
    is_descending = order.direction is OrderDirection.DESC
    if order.field is OptimizationOrderField.REVEALED:
        # A log's place in the chain: the key that the events are stored by.
        return Ordering(name, (COLUMNS.revealed_block, COLUMNS.revealed_log_index), (int, int), is_descending)
    return Ordering(name, (_FIGURES[order.field], COLUMNS.claim_id), (int, bytes), is_descending)


def _conditions(wanted: OptimizationFilter) -> dict[tuple[str, object], ColumnElement[bool]]:
    """The SQL of each part of the filter that is given, by that part and its value."""
    conditions: dict[tuple[str, object], ColumnElement[bool]] = {}
    if wanted.status is not None:
        names = tuple(sorted(status.value for status in wanted.status))
        conditions["status", names] = COLUMNS.status.in_(names)
    if wanted.prover is not None:
        conditions["prover", wanted.prover] = COLUMNS.prover == wanted.prover
    if wanted.host is not None:
        if len(wanted.host) > LONGEST_HOST:
            raise BadInput(f"A host name has at most {LONGEST_HOST} characters.", "filter.host")
        domain_id = keccak(text=wanted.host.lower())
        conditions["domain", domain_id] = COLUMNS.domain_id == domain_id
    if wanted.page_key is not None:
        conditions["page", wanted.page_key] = COLUMNS.page_key == wanted.page_key
    if wanted.biome is not None:
        conditions["biome", wanted.biome.value] = COLUMNS.biome == wanted.biome.value
    return conditions
