"""A route's snapshot of the mirror: all its queries see one block."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from api.database import Reads


async def _snapshot(request: Request) -> AsyncIterator[Reads]:
    reads = Reads(request.app.state.shared.engine)
    try:
        yield reads
    finally:
        await reads.close()


Snapshot = Annotated[Reads, Depends(_snapshot)]
"""A parameter of a route: the mirror as of one block."""
