"""How the house does, from the database: lag of the mirror, claims, rewards, accounts that come and stay.

Read at most every quarter of a minute, however often it is asked for; where the database does not answer, the last
figures are left out rather than told again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.database import Reads
from api.errors import ApiError
from api.types.enums import ClaimStatus
from api.types.meta import read_meta
from indexer.tables import totals
from services.database import begin
from services.database.access import accounts, sessions
from services.database.audit import audit_entries, audit_heads
from services.errors import ServiceError

KEPT_SECONDS = 15.0
WEI = 10**18
_SPANS = {"1d": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}


@dataclass(slots=True, eq=False)
class Business:
    """The figures as they were last read."""

    mirror: AsyncEngine
    app: AsyncEngine
    _families: list[GaugeMetricFamily] = field(default_factory=list)
    _read_at: float = float("-inf")

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """What was read last; for a Prometheus registry."""
        return self._families

    async def refresh(self) -> None:
        """Reads anew where what there is has become old."""
        if time.monotonic() - self._read_at < KEPT_SECONDS:
            return
        self._read_at = time.monotonic()
        mirrored, kept = await self._mirrored(), await self._kept()
        self._families = [
            _gauge("lightdom_mirror_up", "1 while the mirror of the chain can be read.", bool(mirrored)),
            _gauge("lightdom_accounts_up", "1 while the off-chain tables can be read.", bool(kept)),
            *mirrored,
            *kept,
        ]

    async def _mirrored(self) -> list[GaugeMetricFamily]:
        reads = Reads(self.mirror)
        try:
            meta, row = await read_meta(reads), await reads.first(select(totals))
        except ApiError:
            return []
        finally:
            await reads.close()
        if meta is None:
            return []
        figures = {column.name: 0 for column in totals.columns} if row is None else dict(row._mapping)
        claims = GaugeMetricFamily("lightdom_claims", "Claims by what became of them.", labels=["status"])
        for status in ClaimStatus:
            claims.add_metric([status.value], figures[f"claims_{status.value}"])
        return [
            _gauge("lightdom_mirror_block", "The block that answers are of.", meta.block.number),
            _gauge("lightdom_mirror_lag_blocks", "Blocks that the indexer still has to read.", meta.lag_blocks),
            _gauge("lightdom_mirror_silent_seconds", "Since the indexer last saw the chain.", meta.silent_seconds),
            claims,
            _gauge("lightdom_saved_bytes", "Bytes that were verified and paid.", figures["saved_bytes"]),
            _gauge("lightdom_pages", "Different pages with a finalized claim.", figures["pages"]),
            _gauge("lightdom_hosts", "Different hosts with a finalized claim.", figures["hosts"]),
            _gauge("lightdom_harvesters", "Accounts that claimed.", figures["harvesters"]),
            _gauge("lightdom_parcels", "Parcels of land.", figures["parcels"]),
            _gauge("lightdom_reward_dsh", "DSH ever put in line.", int(figures["reward_wei"]) / WEI),
            _gauge("lightdom_paid_dsh", "DSH paid.", int(figures["paid_wei"]) / WEI),
        ]

    async def _kept(self) -> list[GaugeMetricFamily]:
        now = datetime.now(UTC)
        try:
            async with begin(self.app) as connection:
                every = (await connection.execute(select(func.count()).select_from(accounts))).scalar_one()
                came = GaugeMetricFamily("lightdom_accounts_new", "Accounts that first signed in.", labels=["within"])
                stayed = GaugeMetricFamily("lightdom_accounts_active", "Accounts that were here.", labels=["within"])
                for name, span in _SPANS.items():
                    new = select(func.count()).where(accounts.c.created_at > now - span)
                    seen = select(func.count(sessions.c.account_id.distinct())).where(sessions.c.seen_at > now - span)
                    came.add_metric([name], (await connection.execute(new)).scalar_one())
                    stayed.add_metric([name], (await connection.execute(seen)).scalar_one())
                signed = select(func.coalesce(func.max(audit_heads.c.size), 0)).scalar_subquery()
                waiting = select(func.min(audit_entries.c.at)).where(audit_entries.c.number > signed)
                oldest = (await connection.execute(waiting)).scalar_one()
        except ServiceError:
            return []
        age = (now - oldest).total_seconds() if oldest else 0.0
        return [
            _gauge("lightdom_accounts", "Wallets that have signed in once.", every),
            came,
            stayed,
            _gauge("lightdom_audit_unsigned_seconds", "Age of the oldest audit entry under no signed head.", age),
        ]


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=float(value))
