"""Lists of rewards: tickets of the line in which DSH are paid, the newest first."""

from __future__ import annotations

import strawberry
from sqlalchemy import ColumnElement, select

from api.lists import ListOf
from api.pages import Ordering
from api.scalars import Address
from indexer.tables import rewards

COLUMNS = rewards.c


@strawberry.input(description="Which rewards a list shows: those that match everything that is given.")
class RewardFilter:
    account: Address | None = None
    is_paid: bool | None = None


def reward_list(filtered_by: RewardFilter | None) -> ListOf:
    """The rewards that match the filter, the last queued first."""
    wanted = filtered_by or RewardFilter()
    conditions: dict[tuple[str, object], ColumnElement[bool]] = {}
    if wanted.account is not None:
        conditions["account", wanted.account] = COLUMNS.account == wanted.account
    if wanted.is_paid is not None:
        is_paid = COLUMNS.paid_block.is_not(None)
        conditions["paid", wanted.is_paid] = is_paid if wanted.is_paid else ~is_paid
    return ListOf(
        name=("rewards", *conditions),
        rows=select(rewards),
        conditions=tuple(conditions.values()),
        ordering=Ordering("rewards", (COLUMNS.ticket,), (int,), is_descending=True),
    )
