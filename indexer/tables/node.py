"""Events of NodeManager: nodes, their room, their jobs and their stakes."""

from sqlalchemy import BigInteger, Column, Index, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

room_allocated = event_table(
    "room_allocated",
    Column("allocation_id", Uint256),
    Column("node_id", Uint64),
    Column("purpose", SmallInteger),
    Column("priority", SmallInteger),
    Column("kib", BigInteger),
    Column("expires_at", BigInteger),
    Index(None, "allocation_id"),
    Index(None, "node_id"),
)
node_beat = event_table(
    "node_beat",
    Column("node_id", Uint64),
    Column("at", BigInteger),
    Column("digest", Hash),
    Index(None, "node_id"),
)
job_failed = event_table(
    "job_failed",
    Column("job_id", Hash),
    Column("node_id", Uint64),
    Index(None, "job_id"),
    Index(None, "node_id"),
)
job_started = event_table(
    "job_started",
    Column("job_id", Hash),
    Column("node_id", Uint64),
    Column("kib", BigInteger),
    Column("deadline", BigInteger),
    Index(None, "job_id"),
    Index(None, "node_id"),
)
job_verified = event_table(
    "job_verified",
    Column("job_id", Hash),
    Column("node_id", Uint64),
    Column("result_hash", Hash),
    Column("reward_wei", Uint256),
    Index(None, "job_id"),
    Index(None, "node_id"),
)
node_created = event_table(
    "node_created",
    Column("node_id", Uint64),
    Column("owner", Address),
    Column("node_type", SmallInteger),
    Column("operator", Address),
    Column("kib", BigInteger),
    Column("compute", BigInteger),
    Column("stake_wei", Uint256),
    Index(None, "node_id"),
    Index(None, "owner"),
)
node_phase_set = event_table(
    "node_phase_set",
    Column("node_id", Uint64),
    Column("phase", SmallInteger),
    Index(None, "node_id"),
)
node_scaled = event_table(
    "node_scaled",
    Column("node_id", Uint64),
    Column("kib", BigInteger),
    Column("compute", BigInteger),
    Column("stake_wei", Uint256),
    Index(None, "node_id"),
)
node_slashed = event_table(
    "node_slashed",
    Column("node_id", Uint64),
    Column("reporter", Address),
    Column("bounty_wei", Uint256),
    Column("burnt_wei", Uint256),
    Index(None, "node_id"),
    Index(None, "reporter"),
)
nodes_merged = event_table(
    "nodes_merged",
    Column("into_id", Uint64),
    Column("from_id", Uint64),
    Column("kib", BigInteger),
    Column("compute", BigInteger),
    Column("stake_wei", Uint256),
    Index(None, "into_id"),
    Index(None, "from_id"),
)
node_operator_set = event_table(
    "node_operator_set",
    Column("node_id", Uint64),
    Column("operator", Address),
    Index(None, "node_id"),
    Index(None, "operator"),
)
room_released = event_table(
    "room_released",
    Column("allocation_id", Uint256),
    Column("node_id", Uint64),
    Column("kib", BigInteger),
    Index(None, "allocation_id"),
    Index(None, "node_id"),
)
node_stake_leaving = event_table(
    "node_stake_leaving",
    Column("owner", Address),
    Column("amount_wei", Uint256),
    Column("free_at", BigInteger),
    Index(None, "owner"),
)
stake_rate_set = event_table(
    "stake_rate_set",
    Column("stake_per_kib_wei", Uint256),
)
node_stake_taken = event_table(
    "node_stake_taken",
    Column("owner", Address),
    Column("amount_wei", Uint256),
    Index(None, "owner"),
)
