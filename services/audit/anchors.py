"""Anchors: a head in the data of a transaction that the auditor's account sends to itself.

No contract is needed for that: the chain keeps the bytes, their time and who sent them, and nothing can be taken back.
The account does nothing else, so its number of transactions tells how many anchors there must be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eth_account.signers.local import LocalAccount
from requests.exceptions import RequestException
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from web3 import Web3
from web3.exceptions import TransactionNotFound, Web3RPCError

from services.audit.heads import Head
from services.database.audit import audit_anchors
from services.errors import ChainUnreachable, TransactionRefused

MARK = b"LightDom audit\x01"
"""What the data begins with; then size u64 and root."""

GAS = 40_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """A transaction (its hash, 32 bytes) that holds the head of this size."""

    transaction_hash: bytes
    size: int
    nonce: int
    raw: bytes
    at: datetime


def data_of(size: int, root: bytes) -> bytes:
    """The data of the transaction that anchors a head."""
    return MARK + size.to_bytes(8) + root


def signed_anchor(web3: Web3, account: LocalAccount, head: Head, now: datetime) -> Anchor:
    """A transaction that anchors a head, signed and not sent. Raises ChainUnreachable."""
    try:
        nonce = web3.eth.get_transaction_count(account.address, "pending")
        tip = web3.eth.max_priority_fee
        base = int(web3.eth.get_block("pending").get("baseFeePerGas", 0))
    except RequestException as error:
        raise ChainUnreachable(str(getattr(web3.provider, "endpoint_uri", ""))) from error
    signed = account.sign_transaction(
        {
            "chainId": head.chain_id,
            "nonce": nonce,
            "to": account.address,
            "value": 0,
            "data": data_of(head.size, head.root),
            "gas": GAS,
            "maxFeePerGas": 2 * base + tip,
            "maxPriorityFeePerGas": tip,
        }
    )
    return Anchor(bytes(signed.hash), head.size, nonce, bytes(signed.raw_transaction), now)


async def keep_anchor(connection: AsyncConnection, anchor: Anchor) -> None:
    """Writes an anchor down; before it is sent, so that a crash in between loses nothing."""
    await connection.execute(insert(audit_anchors).values(**{name: getattr(anchor, name) for name in Anchor.__slots__}))


async def newest_anchor(connection: AsyncConnection) -> Anchor | None:
    """The anchor that was made last."""
    rows = select(audit_anchors).order_by(audit_anchors.c.at.desc(), audit_anchors.c.nonce.desc()).limit(1)
    row = (await connection.execute(rows)).one_or_none()
    return None if row is None else anchor_of(row)


def send_anchor(web3: Web3, anchor: Anchor) -> bool:
    """Sends what is not on chain yet, once more after a reorg; True if it is there. Raises ChainUnreachable.

    Raises TransactionRefused where another transaction has taken its number: then the head needs a new anchor.
    """
    try:
        if is_on_chain(web3, anchor.transaction_hash):
            return True
        web3.eth.send_raw_transaction(anchor.raw)
    except Web3RPCError as error:
        told = str(error.rpc_response or error.args[0])
        if "already known" in told or "already imported" in told:
            return False
        raise TransactionRefused("anchoring the audit log", told) from error
    except RequestException as error:
        raise ChainUnreachable(str(getattr(web3.provider, "endpoint_uri", ""))) from error
    return is_on_chain(web3, anchor.transaction_hash)


def is_on_chain(web3: Web3, transaction_hash: bytes) -> bool:
    """Whether a transaction is in a block."""
    try:
        return web3.eth.get_transaction(transaction_hash.hex()).get("blockNumber") is not None  # type: ignore[arg-type]
    except TransactionNotFound:
        return False


def anchor_of(row: Any) -> Anchor:
    """An anchor from its row."""
    return Anchor(bytes(row.transaction_hash), row.size, row.nonce, bytes(row.raw), row.at)
