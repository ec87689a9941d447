"""Events of RewardStreams, and of OptimizationRegistry about what a domain may earn."""

from sqlalchemy import BigInteger, Column, Index, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

served_confirmed = event_table(
    "served_confirmed",
    Column("claim_id", Hash),
    Column("covered_until", Uint64),
    Column("votes", SmallInteger),
    Index(None, "claim_id"),
)
reward_collected = event_table(
    "reward_collected",
    Column("claim_id", Hash),
    Column("prover", Address),
    Column("domain_id", Hash),
    Column("amount_wei", Uint256),
    Column("collected_wei", Uint256),
    Index(None, "claim_id"),
    Index(None, "prover"),
)
fees_recorded = event_table(
    "fees_recorded",
    Column("domain_id", Hash),
    Column("payer", Address),
    Column("epoch", BigInteger),
    Column("amount_wei", Uint256),
    Index(None, "domain_id"),
)
reward_granted = event_table(
    "reward_granted",
    Column("domain_id", Hash),
    Column("epoch", BigInteger),
    Column("amount_wei", Uint256),
    Index(None, "domain_id"),
)
quota_set = event_table(
    "quota_set",
    Column("domain_id", Hash),
    Column("quota_wei", Uint256),
    Index(None, "domain_id"),
)
