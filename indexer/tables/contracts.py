"""The contracts whose logs are mirrored, as the deployment manifest named them when they were taken up."""

from sqlalchemy import BigInteger, Column, SmallInteger, Table, Text

from indexer.tables.metadata import Address, metadata

contracts = Table(
    "contracts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("address", Address, nullable=False, unique=True),
    Column("block", BigInteger, nullable=False),
    Column("required_bits", SmallInteger),
)
"""A contract that changes its address makes the indexer rewind to before the first block of either.
`required_bits`, of ProofOfOptimization only: what a vote must say to count, fixed at deployment."""
