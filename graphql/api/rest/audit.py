"""/audit: the newest signed head, for whoever wants to keep one, and the log itself for those who look after it."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.errors import NotFound
from api.pages import DEFAULT_PAGE, LARGEST_PAGE
from api.rest.callers import Parts, Permitted
from api.rest.shapes import AddressText, HexText, Moment, PageOf, Shape
from services.audit.entries import entries_of
from services.audit.heads import newest_head
from services.database import begin

router = APIRouter(prefix="/audit", tags=["audit"])


class AuditHead(Shape):
    """The Merkle root (RFC 9162) over the first `size` entries, signed in EIP-712: docs/audit.md has the types."""

    size: int
    root: HexText
    at: Moment
    chain_id: int
    signer: AddressText
    signature: HexText


class AuditEntry(Shape):
    """Something that was done, chained to the entry before it by `previous`."""

    number: int
    at: Moment
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    previous: HexText
    hash: HexText


@router.get("/head", summary="The newest signed head of the audit log")
async def audit_head(parts: Parts) -> AuditHead:
    async with begin(parts.engine) as connection:
        head = await newest_head(connection)
    if head is None:
        raise NotFound("No head has been signed yet.")
    return AuditHead(
        size=head.size,
        root=head.root,
        at=head.at,
        chain_id=head.chain_id,
        signer=head.signer,
        signature=head.signature,
    )


@router.get("/entries", summary="Entries of the audit log, the newest first")
async def audit_entries(
    parts: Parts,
    caller: Permitted,  # its policy lets nobody else in
    first: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Rows of a page.")] = DEFAULT_PAGE,
    after: Annotated[str | None, Query(pattern="^[1-9][0-9]{0,17}$", description="The page before's cursor.")] = None,
    subject: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
) -> PageOf[AuditEntry]:
    async with begin(parts.engine) as connection:
        before = int(after) if after else None
        found = await entries_of(connection, subject=subject, before=before, limit=first + 1)
    items = [
        AuditEntry(
            number=each.number,
            at=each.at,
            actor=each.actor,
            action=each.action,
            subject=each.subject,
            detail=json.loads(each.detail),
            previous=each.previous,
            hash=each.hash,
        )
        for each in found[:first]
    ]
    return PageOf(items=items, next_cursor=str(items[-1].number) if len(found) > first else None)
