"""The auditor: signs a head each minute in which something was logged, and anchors one each hour."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from eth_account.signers.local import LocalAccount
from sqlalchemy.ext.asyncio import AsyncEngine
from web3 import Web3

from services.audit.anchors import keep_anchor, newest_anchor, send_anchor, signed_anchor
from services.audit.heads import Head, newest_head, sign_head
from services.database import begin
from services.errors import TransactionRefused

log = structlog.get_logger("auditor")
ANCHORED_EACH = timedelta(hours=1)


@dataclass(slots=True)
class Auditor:
    """Signs and anchors for one chain; several may run, one signs."""

    engine: AsyncEngine
    web3: Web3
    account: LocalAccount
    chain_id: int
    now: Callable[[], datetime]

    async def step(self) -> Head | None:
        """A head over what is new, and an anchor if one is due; the head, or None where nothing was new.

        Raises LogBroken, ChainUnreachable, DatabaseUnavailable.
        """
        async with begin(self.engine) as connection:
            head = await sign_head(connection, self.account, self.chain_id, self.now())
        if head is not None:
            log.info("head signed", size=head.size, root=head.root.hex())
        await self._anchor()
        return head

    async def _anchor(self) -> None:
        async with begin(self.engine) as connection:
            head, anchor = await newest_head(connection), await newest_anchor(connection)
        if anchor is not None:
            try:
                await asyncio.to_thread(send_anchor, self.web3, anchor)
            except TransactionRefused as error:
                # Its number was taken in a reorg: the newest head is anchored again at once.
                log.warning("anchor lost, making another", reason=error.reason)
                anchor = None
        is_due = anchor is None or self.now() - anchor.at >= ANCHORED_EACH
        if head is None or not is_due or (anchor is not None and anchor.size == head.size):
            return
        made = await asyncio.to_thread(signed_anchor, self.web3, self.account, head, self.now())
        async with begin(self.engine) as connection:
            await keep_anchor(connection, made)
        await asyncio.to_thread(send_anchor, self.web3, made)
        log.info("head anchored", size=made.size, transaction="0x" + made.transaction_hash.hex())
