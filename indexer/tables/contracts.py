"""The contracts whose logs are mirrored, as the deployment manifest named them when they were taken up."""

from sqlalchemy import BigInteger, Column, Table, Text

from indexer.tables.metadata import Address, metadata

contracts = Table(
    "contracts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("address", Address, nullable=False, unique=True),
    Column("block", BigInteger, nullable=False),
)
"""A contract that changes its address makes the indexer rewind to before the first block of either."""
