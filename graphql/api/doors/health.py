"""Whether the process lives (/health), and whether its answers are worth asking for (/ready)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from starlette.responses import Response

from api.answers import json_answer
from api.context import Shared
from api.database import Reads
from api.errors import ApiError
from api.settings import Settings
from api.types.meta import Meta, read_meta
from indexer.tables import checkpoint


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that readiness depends on."""

    name: str
    is_met: bool
    detail: str


def health() -> Response:
    """200 as long as the process can answer at all."""
    return json_answer({"status": "alive"})


async def ready(shared: Shared, settings: Settings) -> Response:
    """200 when every check is met, else 503; the checks with their reasons in both cases."""
    checks = await _checks(shared, settings)
    is_ready = all(check.is_met for check in checks)
    content = {
        "status": "ready" if is_ready else "not ready",
        "checks": [{"name": check.name, "isMet": check.is_met, "detail": check.detail} for check in checks],
    }
    return json_answer(content, 200 if is_ready else 503)


async def _checks(shared: Shared, settings: Settings) -> list[Check]:
    reads = Reads(shared.engine)
    try:
        meta = await read_meta(reads)
        halted = await reads.first(select(checkpoint.c.halted))
    except ApiError as error:
        return [Check("database", False, str(error))]
    finally:
        await reads.close()
    return [
        Check("database", True, "reachable and migrated"),
        *_halt_checks(halted and halted.halted),
        *_indexer_checks(meta, settings),
    ]


def _halt_checks(reason: str | None) -> list[Check]:
    """Nothing while the indexer follows the chain: a halt is no usual thing to be asked about."""
    if reason is None:
        return []
    return [Check("indexer halted", False, f"{reason}; `python -m indexer recover --yes` follows the node's chain")]


def _indexer_checks(meta: Meta | None, settings: Settings) -> list[Check]:
    if meta is None:
        return [Check("indexer", False, "has not read a block yet; is `python -m indexer run` running?")]
    at = f"block {meta.block.number} of {meta.chain_head}"
    is_near = meta.lag_blocks <= settings.lag_limit_blocks
    is_heard = meta.silent_seconds <= settings.silence_limit_seconds
    return [
        Check("indexer lag", is_near, f"{at}: {meta.lag_blocks} behind, limit {settings.lag_limit_blocks}"),
        Check(
            "indexer running",
            is_heard,
            f"last saw the chain {meta.silent_seconds} s ago, limit {settings.silence_limit_seconds} s",
        ),
    ]
