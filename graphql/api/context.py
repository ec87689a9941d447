"""What resolvers get: the process's shared parts, and this operation's own snapshot of the database."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine
from strawberry.types import Info

from api.access import Access
from api.block_feed import BlockFeed
from api.database import Reads
from api.telemetry.figures import Figures


@dataclass(frozen=True, slots=True)
class Shared:
    """What all requests of a process share."""

    engine: AsyncEngine
    feed: BlockFeed
    access: Access
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: one HTTP request, or one socket with many operations."""

    shared: Shared
    request_id: str


@dataclass(frozen=True, slots=True)
class OperationContext:
    """One operation of a caller."""

    caller: Caller
    reads: Reads


def reads_of(info: Info[OperationContext, None]) -> Reads:
    """The snapshot of the operation that is being resolved."""
    return info.context.reads


def shared_of(info: Info[OperationContext, None]) -> Shared:
    """What all requests of the process share."""
    return info.context.caller.shared
