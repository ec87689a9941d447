"""Signed heads (EIP-712): the Merkle root over the log so far. Whoever keeps one can contradict a changed log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_account.signers.local import LocalAccount
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit.entries import NOTHING_BEFORE, every_entry
from services.audit.errors import LogBroken
from services.audit.tree import Frontier
from services.database.audit import audit_entries, audit_heads

# Arbitrary; one signer at a time.
_LOCK = 0x4C44_4148
_TYPES = {
    "EIP712Domain": [
        {"name": "name", "type": "string"},
        {"name": "version", "type": "string"},
        {"name": "chainId", "type": "uint256"},
    ],
    "AuditHead": [
        {"name": "size", "type": "uint64"},
        {"name": "root", "type": "bytes32"},
        {"name": "signedAt", "type": "uint64"},
    ],
}


@dataclass(frozen=True, slots=True)
class Head:
    """The root (32 bytes) over the first `size` entries, and who says so (address, 20 bytes; signature, 65)."""

    size: int
    root: bytes
    at: datetime
    chain_id: int
    signer: bytes
    signature: bytes

    @property
    def is_signed(self) -> bool:
        """Whether the signature is the signer's."""
        message = _message(self.size, self.root, self.at, self.chain_id)
        try:
            signer = Account.recover_message(message, signature=self.signature)
        except Exception:  # whatever is wrong with hostile bytes, they are no signature
            return False
        return bytes.fromhex(signer[2:]) == self.signer


async def sign_head(connection: AsyncConnection, account: LocalAccount, chain_id: int, now: datetime) -> Head | None:
    """Signs the root over all entries; None where there are none since the last head.

    Raises LogBroken where the new entries do not follow on what the last head was signed over.
    """
    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = (await connection.execute(select(audit_heads).order_by(audit_heads.c.size.desc()).limit(1))).one_or_none()
    tree = Frontier(last.size, bytes(last.frontier)) if last else Frontier()
    previous = await _last_hash(connection, tree.size)
    async for entry in every_entry(connection, after=tree.size):
        if entry.number != tree.size + 1:
            raise LogBroken(tree.size + 1, "is missing")
        if entry.previous != previous or not entry.is_sound:
            raise LogBroken(entry.number, "is not what was written")
        tree.add(entry.hash)
        previous = entry.hash
    if last is not None and tree.size == last.size:
        return None
    if not tree.size:
        return None
    # Whole seconds: what is signed must be told again from the row.
    now = now.replace(microsecond=0)
    signature = account.sign_message(_message(tree.size, tree.root, now, chain_id)).signature
    head = Head(tree.size, tree.root, now, chain_id, bytes.fromhex(account.address[2:]), bytes(signature))
    values = {name: getattr(head, name) for name in Head.__slots__}
    await connection.execute(insert(audit_heads).values(**values, frontier=tree.nodes))
    return head


async def newest_head(connection: AsyncConnection) -> Head | None:
    """The head over most entries."""
    row = (await connection.execute(select(audit_heads).order_by(audit_heads.c.size.desc()).limit(1))).one_or_none()
    return None if row is None else head_of(row)


def head_of(row: Any) -> Head:
    """A head from its row."""
    return Head(row.size, bytes(row.root), row.at, row.chain_id, bytes(row.signer), bytes(row.signature))


async def _last_hash(connection: AsyncConnection, number: int) -> bytes:
    if not number:
        return NOTHING_BEFORE
    found = await connection.execute(select(audit_entries.c.hash).where(audit_entries.c.number == number))
    told = found.scalar_one_or_none()
    if told is None:
        raise LogBroken(number, "is missing")
    return bytes(told)


def _message(size: int, root: bytes, at: datetime, chain_id: int) -> SignableMessage:
    return encode_typed_data(
        full_message={
            "types": _TYPES,
            "primaryType": "AuditHead",
            "domain": {"name": "LightDom audit", "version": "1", "chainId": chain_id},
            "message": {"size": size, "root": root, "signedAt": int(at.timestamp())},
        }
    )
