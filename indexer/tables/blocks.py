"""Hashes of the blocks that a reorg may still replace; older ones are dropped as the checkpoint moves on."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Table

from indexer.tables.metadata import Hash, metadata

blocks = Table(
    "blocks",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Hash, nullable=False),
    Column("parent_hash", Hash, nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
    CheckConstraint("octet_length(hash) = 32", name="hash_size"),
    CheckConstraint("octet_length(parent_hash) = 32", name="parent_hash_size"),
)
"""The block at the checkpoint and, as far as they were seen, the ones before it."""
