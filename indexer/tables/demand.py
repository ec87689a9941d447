"""Events of ProofOfOptimization about demands for a claim's data.

`part`: 0 source, 1 optimized, 2 steps; `height` 0 is a leaf, `index` its place.
"""

from sqlalchemy import BigInteger, Column, Index, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

demand_made = event_table(
    "demand_made",
    Column("claim_id", Hash),
    Column("demander", Address),
    Column("part", SmallInteger),
    Column("height", SmallInteger),
    Column("index", BigInteger),
    Column("fee_wei", Uint256),
    Column("deadline", Uint64),
    Index(None, "claim_id"),
)
demand_answered = event_table(
    "demand_answered",
    Column("claim_id", Hash),
    Column("part", SmallInteger),
    Column("height", SmallInteger),
    Column("index", BigInteger),
    Column("fee_wei", Uint256),
    Index(None, "claim_id"),
)
demand_timed_out = event_table(
    "demand_timed_out",
    Column("claim_id", Hash),
    Column("demander", Address),
    Column("part", SmallInteger),
    Column("height", SmallInteger),
    Column("index", BigInteger),
    Index(None, "claim_id"),
)
demand_reclaimed = event_table(
    "demand_reclaimed",
    Column("claim_id", Hash),
    Column("demander", Address),
    Column("part", SmallInteger),
    Column("height", SmallInteger),
    Column("index", BigInteger),
    Index(None, "claim_id"),
)
