"""Tables of the audit log. The database itself refuses to change or delete their rows."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, LargeBinary, Table, Text

from services.database.metadata import metadata

_moment = DateTime(timezone=True)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", _moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    CheckConstraint("number > 0", name="number_is_positive"),
    CheckConstraint("octet_length(previous) = 32 AND octet_length(hash) = 32", name="hash_size"),
)
"""What was done, numbered from 1. `hash` is over all other columns, `previous` the hash of the entry before."""

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("at", _moment, nullable=False),
    Column("chain_id", BigInteger, nullable=False),
    Column("signer", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    CheckConstraint("size > 0", name="size_is_positive"),
    CheckConstraint("octet_length(root) = 32", name="root_size"),
    CheckConstraint("octet_length(signer) = 20 AND octet_length(signature) = 65", name="signature_size"),
)
"""Signed Merkle roots over the first `size` entries. `frontier`: from which the next root is made."""

audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("transaction_hash", LargeBinary, primary_key=True),
    Column("size", BigInteger, nullable=False, index=True),
    Column("nonce", BigInteger, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("at", _moment, nullable=False),
    CheckConstraint("octet_length(transaction_hash) = 32", name="hash_size"),
)
"""Transactions that put heads on chain, written down before they are sent; `raw` as signed.

`size` is a head's. It is no foreign key: to check one, Postgres locks a row of a table that nobody may lock.
"""
