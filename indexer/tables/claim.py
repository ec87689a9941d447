"""Events of ProofOfOptimization that make a claim's life, and the money that leaves it."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

claim_committed = event_table(
    "claim_committed", Column("commitment", Hash), Column("sender", Address), Index(None, "commitment")
)
claim_revealed = event_table(
    "claim_revealed",
    Column("claim_id", Hash),
    Column("prover", Address),
    Column("domain_id", Hash),
    Column("page_key", Hash),
    Column("src_root", Hash),
    Column("opt_root", Hash),
    Column("trace_root", Hash),
    Column("src_bytes", Uint64),
    Column("opt_bytes", Uint64),
    Column("attested_bytes", Uint64),
    Column("token_count", BigInteger),
    Column("opt_token_count", BigInteger),
    Column("depth_s", SmallInteger),
    Column("depth_o", SmallInteger),
    Column("ruleset", Integer),
    Column("evidence", Hash),
    Column("bond_wei", Uint256),
    Column("deadline", Uint64),
    Index(None, "claim_id", "block_number", "log_index"),
    Index(None, "prover", "block_number", "log_index"),
    Index(None, "domain_id", "block_number", "log_index"),
    Index(None, "page_key"),
)
claim_attested = event_table(
    "claim_attested",
    Column("claim_id", Hash),
    Column("verifier", Address),
    Column("bits", SmallInteger),
    Column("observed_at", Uint64),
    Index(None, "claim_id"),
    Index(None, "verifier"),
)
claim_slashed = event_table(
    "claim_slashed",
    Column("claim_id", Hash),
    Column("challenger", Address),
    Column("fault", SmallInteger),
    Column("bounty_wei", Uint256),
    Column("burnt_wei", Uint256),
    Index(None, "claim_id"),
    Index(None, "challenger"),
)
claim_finalized = event_table(
    "claim_finalized",
    Column("claim_id", Hash),
    Column("prover", Address),
    Column("domain_id", Hash),
    Column("saved_bytes", Uint64),
    Column("reward_wei", Uint256),
    Column("votes", SmallInteger),
    Index(None, "claim_id"),
    Index(None, "prover"),
    Index(None, "block_time"),
)
claim_expired = event_table(
    "claim_expired",
    Column("claim_id", Hash),
    Column("prover", Address),
    Column("bond_wei", Uint256),
    Index(None, "claim_id"),
)
withdrawn = event_table(
    "withdrawn",
    Column("account", Address),
    Column("token", Address),
    Column("amount_wei", Uint256),
    Index(None, "account"),
)
