"""What subscribers were told: a row for each commit that moved the mirror, kept for those who were away."""

from sqlalchemy import BigInteger, Column, Identity, Table
from sqlalchemy.dialects.postgresql import JSONB

from indexer.tables.metadata import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("first_block", BigInteger, nullable=False),
    Column("message", JSONB, nullable=False),
)
"""`message`: {"number": n, "hash": "0x.."}: the blocks from `first_block` to n were added; {"reorg_to": n}: everything
above n was taken back, which is what `first_block` begins with. In the order of `id`, of which some may be missing."""
