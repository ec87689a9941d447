"""Roles of accounts, as the chain has them: nothing grants one here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from indexer.tables import role_members, verifiers


class Role(StrEnum):
    """What an account is to the API. Whoever signed in is a client."""

    CLIENT = "client"
    OPERATOR = "operator"
    MODEL_ADMIN = "model_admin"
    DATA_ADMIN = "data_admin"
    ADMIN = "admin"
    SUPER_ADMIN = "super_admin"


# Ids of the AccessManager's roles: contracts/models/Rights.sol, scripts/deployment/wiring.py.
_VERIFIER = 7
ROLE_IDS = {_VERIFIER: Role.OPERATOR, 14: Role.SUPER_ADMIN, 15: Role.ADMIN, 16: Role.DATA_ADMIN, 17: Role.MODEL_ADMIN}


async def roles_of(connection: AsyncConnection, address: bytes, now: datetime) -> frozenset[Role]:
    """The account's roles up to the indexed block; a grant counts from the moment that it names."""
    members = role_members.c
    granted = select(members.role_id).where(
        members.account == address, members.role_id.in_(ROLE_IDS), members.since <= int(now.timestamp())
    )
    seated = select(verifiers.c.address).where(verifiers.c.address == address, verifiers.c.is_verifier)
    found = {ROLE_IDS[int(row.role_id)] for row in await connection.execute(granted)}
    if (await connection.execute(seated)).first() is not None:
        found.add(Role.OPERATOR)
    return frozenset({Role.CLIENT, *found})
