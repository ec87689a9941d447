"""Finds what is not as it was written: entries changed, left out, put in or reordered; heads and anchors likewise."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from requests.exceptions import RequestException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from web3 import Web3
from web3.exceptions import TransactionNotFound

from services.audit.anchors import Anchor, anchor_of, data_of
from services.audit.entries import NOTHING_BEFORE, every_entry
from services.audit.heads import Head, head_of
from services.audit.tree import Frontier
from services.database.audit import audit_anchors, audit_heads
from services.errors import ChainUnreachable

UNSIGNED_FOR = timedelta(minutes=5)
"""How old the oldest unsigned entry may be before the auditor is missed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `code` is stable; `place` an entry's number or a head's size."""

    code: str
    place: int
    words: str


@dataclass(slots=True)
class Checked:
    """What was looked at, and what is wrong with it."""

    entries: int = 0
    heads: int = 0
    anchors: int = 0
    root: bytes = b""
    findings: list[Finding] = field(default_factory=list)

    def found(self, code: str, place: int, words: str) -> None:
        self.findings.append(Finding(code, place, words))


async def check(
    connection: AsyncConnection,
    *,
    now: datetime,
    signer: bytes | None = None,
    known: Sequence[tuple[int, bytes]] = (),
    web3: Web3 | None = None,
) -> Checked:
    """Recomputes the whole log. `signer` is who must have signed (20 bytes), `known` heads that were kept elsewhere.

    With `web3` the anchors are looked up on chain. Raises ChainUnreachable.
    """
    checked = Checked()
    heads = {row.size: head_of(row) for row in await connection.execute(select(audit_heads))}
    anchors = [anchor_of(row) for row in await connection.execute(select(audit_anchors))]
    wanted = set(heads) | {size for size, _ in known}
    roots = await _check_entries(connection, checked, wanted, max(heads, default=0), now)
    checked.heads, checked.anchors = len(heads), len(anchors)
    for head in sorted(heads.values(), key=lambda each: each.size):
        _check_head(checked, head, roots.get(head.size), signer)
    for size, root in known:
        if roots.get(size) != root:
            checked.found("KNOWN_HEAD_DIFFERS", size, "the log does not give the root that was kept elsewhere")
    for anchor in anchors:
        if anchor.size not in heads:
            checked.found("HEAD_MISSING", anchor.size, "a head that was anchored is not there")
    if web3 is not None:
        try:
            await asyncio.to_thread(_check_anchors, checked, web3, anchors, roots, signer)
        except RequestException as error:
            raise ChainUnreachable(str(getattr(web3.provider, "endpoint_uri", ""))) from error
    return checked


async def _check_entries(
    connection: AsyncConnection, checked: Checked, wanted: set[int], signed: int, now: datetime
) -> dict[int, bytes]:
    """Follows the chain of entries; gives the roots over as many entries as are wanted."""
    tree, previous, expected = Frontier(), NOTHING_BEFORE, 1
    roots: dict[int, bytes] = {}
    is_late = False
    async for entry in every_entry(connection):
        if entry.number != expected:
            checked.found("ENTRY_MISSING", expected, f"entries {expected} to {entry.number - 1} are not there")
        elif entry.previous != previous:
            checked.found("LINK_BROKEN", entry.number, "it was not written after the entry that is before it")
        if not entry.is_sound:
            checked.found("ENTRY_CHANGED", entry.number, "its hash is not that of its content")
        if entry.number > signed and now - entry.at > UNSIGNED_FOR and not is_late:
            is_late = True
            checked.found("NOT_SIGNED", entry.number, "no head was signed over it: does the auditor run?")
        tree.add(entry.hash)
        previous, expected = entry.hash, entry.number + 1
        checked.entries += 1
        if tree.size in wanted:
            roots[tree.size] = tree.root
    checked.root = tree.root
    return roots


def _check_head(checked: Checked, head: Head, root: bytes | None, signer: bytes | None) -> None:
    if root is None:
        checked.found("LOG_TOO_SHORT", head.size, f"a head was signed over {head.size} entries; fewer are there")
    elif root != head.root:
        checked.found("ROOT_DIFFERS", head.size, "the entries do not give the root that was signed")
    if not head.is_signed or (signer is not None and head.signer != signer):
        checked.found("SIGNATURE_WRONG", head.size, "the head is not signed by the auditor")


def _check_anchors(
    checked: Checked, web3: Web3, anchors: Sequence[Anchor], roots: dict[int, bytes], signer: bytes | None
) -> None:
    nonces = {anchor.nonce for anchor in anchors}
    for anchor in anchors:
        try:
            told = web3.eth.get_transaction(anchor.transaction_hash.hex())  # type: ignore[arg-type]
        except TransactionNotFound:
            told = None
        if told is None or told.get("blockNumber") is None:
            # After a reorg another anchor of the same number may have come instead.
            if [each.nonce for each in anchors].count(anchor.nonce) < 2:
                checked.found("ANCHOR_MISSING", anchor.size, "its anchor is not on the chain")
            continue
        root = roots.get(anchor.size)
        if root is not None and bytes(told["input"]) != data_of(anchor.size, root):
            checked.found("ANCHOR_DIFFERS", anchor.size, "the chain holds another root for it")
        if signer is not None and bytes.fromhex(told["from"][2:]) != signer:
            checked.found("ANCHOR_FOREIGN", anchor.size, "another account than the auditor's sent its anchor")
    if signer is not None:
        sent = web3.eth.get_transaction_count(Web3.to_checksum_address(signer))
        for nonce in sorted(set(range(sent)) - nonces):
            checked.found("ANCHOR_UNKNOWN", nonce, "the auditor sent a transaction of this number that the log lacks")
