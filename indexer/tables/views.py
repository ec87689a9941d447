"""Current state as SQL views over versions and event tables. `x_at(block)` in SQL is view `x` as it was after a block.

The SQL is in migrations/sql; `test_views_have_the_columns_that_python_names` keeps the two equal.
"""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, SmallInteger, Table, Text

from indexer.tables.metadata import Address, Hash, Int256, Uint64, Uint256, view_metadata

_moment = DateTime(timezone=True)

optimizations = Table(
    "optimizations",
    view_metadata,
    Column("claim_id", Hash, primary_key=True),
    Column("prover", Address),
    Column("page_key", Hash),
    Column("domain_id", Hash),
    Column("host", Text, nullable=True),
    Column("biome", SmallInteger),
    Column("src_root", Hash),
    Column("opt_root", Hash),
    Column("trace_root", Hash),
    Column("src_bytes", Uint64),
    Column("opt_bytes", Uint64),
    Column("token_count", BigInteger),
    Column("opt_token_count", BigInteger),
    Column("depth_s", SmallInteger),
    Column("depth_o", SmallInteger),
    Column("ruleset", Integer),
    Column("evidence", Hash),
    Column("bond_wei", Uint256),
    Column("deadline", Uint64),
    Column("deadline_at", _moment, nullable=True),
    Column("revealed_block", BigInteger),
    Column("revealed_log_index", Integer),
    Column("revealed_at", _moment),
    Column("tx_hash", Hash),
    Column("status", Text),
    Column("votes", BigInteger),
    Column("claimed_bytes", Int256),
    Column("saved_bytes", Uint64, nullable=True),
    Column("reward_wei", Uint256, nullable=True),
    Column("challenger", Address, nullable=True),
    Column("fault", SmallInteger, nullable=True),
    Column("bounty_wei", Uint256, nullable=True),
    Column("burnt_wei", Uint256, nullable=True),
    Column("decided_block", BigInteger, nullable=True),
    Column("decided_log_index", Integer, nullable=True),
    Column("decided_at", _moment, nullable=True),
    Column("decided_tx_hash", Hash, nullable=True),
    Column("attested_bytes", Uint64),
)
"""Every claim that was revealed. `status`: pending, finalized, slashed or expired. `host` is null and `biome` 0 where
the host is not registered. `votes`: as counted by the contract at finalize; before that, attestations that would count.
`saved_bytes`, `reward_wei`: null until finalized; `claimed_bytes` = src_bytes - opt_bytes is what the prover says,
`attested_bytes` the part of it that rests on votes and not on proofs."""

harvesters = Table(
    "harvesters",
    view_metadata,
    Column("address", Address, primary_key=True),
    Column("verified_bytes", Uint256),
    Column("reputation", Int256),
    Column("claims_revealed", BigInteger),
    Column("claims_finalized", BigInteger),
    Column("claims_slashed", BigInteger),
    Column("claims_expired", BigInteger),
    Column("reward_wei", Uint256),
    Column("paid_wei", Uint256),
    Column("land_count", BigInteger),
    Column("first_seen_block", BigInteger),
    Column("first_seen_at", _moment),
)
"""Everyone who revealed a claim, or has a saving, a slash or a parcel to their name. `reward_wei` is all that was ever
put in line for them, `paid_wei` what of it was minted; `land_count` is parcels minted to them, sold or not."""

virtual_land_nfts = Table(
    "virtual_land_nfts",
    view_metadata,
    Column("token_id", Uint256, primary_key=True),
    Column("owner", Address),
    Column("harvester", Address),
    Column("biome", SmallInteger),
    Column("level", Integer),
    Column("area_m2", BigInteger),
    Column("minted_block", BigInteger),
    Column("minted_log_index", Integer),
    Column("minted_at", _moment),
    Column("tx_hash", Hash),
)
"""Parcels with whoever holds them now (the zero address: burnt)."""

rewards = Table(
    "rewards",
    view_metadata,
    Column("ticket", Uint256, primary_key=True),
    Column("account", Address),
    Column("claim_id", Hash),
    Column("amount_wei", Uint256),
    Column("queued_end_wei", Uint256),
    Column("queued_block", BigInteger),
    Column("queued_log_index", Integer),
    Column("queued_at", _moment),
    Column("tx_hash", Hash),
    Column("paid_block", BigInteger, nullable=True),
    Column("paid_at", _moment, nullable=True),
    Column("paid_tx_hash", Hash, nullable=True),
)
"""Rewards in the order of their tickets. A ticket is payable once the chain has emitted `queued_end_wei`."""

verifiers = Table(
    "verifiers",
    view_metadata,
    Column("address", Address, primary_key=True),
    Column("is_verifier", Boolean),
    Column("set_block", BigInteger),
    Column("set_at", _moment),
    Column("attestations", BigInteger),
    Column("last_attested_at", _moment, nullable=True),
    Column("stake_wei", Int256),
)
"""Accounts that are or were verifiers, by the last word on each, with what they have at stake."""

hosts = Table(
    "hosts",
    view_metadata,
    Column("domain_id", Hash, primary_key=True),
    Column("host", Text),
    Column("owner", Address),
    Column("biome", SmallInteger),
    Column("registered_block", BigInteger),
    Column("registered_at", _moment),
    Column("claims_finalized", BigInteger),
    Column("saved_bytes", Uint256),
)
"""Registered hosts, by their latest registration, with what was saved on them."""

role_members = Table(
    "role_members",
    view_metadata,
    Column("role_id", Uint64, primary_key=True),
    Column("account", Address, primary_key=True),
    Column("delay", BigInteger),
    Column("since", BigInteger),
    Column("granted_block", BigInteger),
    Column("granted_at", _moment),
)
"""Who holds which role of the AccessManager. `since`: UTC seconds from which it counts; `delay`: seconds."""

parameters = Table(
    "parameters",
    view_metadata,
    Column("window_seconds", Uint64),
    Column("quorum", SmallInteger),
    Column("minimum_bond_wei", Uint256),
    Column("dsh_price_wei", Uint256),
    Column("set_block", BigInteger, primary_key=True),
    Column("set_at", _moment),
)
"""The parameters of ProofOfOptimization in force: one row, or none before the first were set."""

pages = Table(
    "pages",
    view_metadata,
    Column("page_key", Hash, primary_key=True),
    Column("domain_id", Hash),
    Column("claims_finalized", BigInteger),
    Column("saved_bytes", Uint256),
)
"""Every page that a claim was revealed for, with what was saved on it."""

rollups = Table(
    "rollups",
    view_metadata,
    Column("interval", Text, primary_key=True),
    Column("starts_at", _moment, primary_key=True),
    Column("claims_revealed", BigInteger),
    Column("claims_finalized", BigInteger),
    Column("claims_slashed", BigInteger),
    Column("claims_expired", BigInteger),
    Column("attestations", BigInteger),
    Column("saved_bytes", Uint256),
    Column("reward_wei", Uint256),
    Column("paid_wei", Uint256),
)
"""What happened in each `interval` (hour or day, UTC, by block time). Intervals in which nothing did have no row.
`reward_wei` is what claims earned at finalize, `paid_wei` what was minted."""

totals = Table(
    "totals",
    view_metadata,
    Column("claims", BigInteger, primary_key=True),
    Column("claims_pending", BigInteger),
    Column("claims_finalized", BigInteger),
    Column("claims_slashed", BigInteger),
    Column("claims_expired", BigInteger),
    Column("saved_bytes", Uint256),
    Column("source_bytes", Uint256),
    Column("optimized_bytes", Uint256),
    Column("attested_bytes", Uint256),
    Column("reward_wei", Uint256),
    Column("paid_wei", Uint256),
    Column("pages", BigInteger),
    Column("hosts", BigInteger),
    Column("harvesters", BigInteger),
    Column("parcels", BigInteger),
    Column("area_m2", Uint256),
)
"""Sums over everything: one row, or none before anything happened. The four `*_bytes` are of finalized claims; `pages`
and `hosts` are those with one, registered or not; `reward_wei` is all that was ever put in line."""

demands = Table(
    "demands",
    view_metadata,
    Column("claim_id", Hash),
    Column("part", SmallInteger),
    Column("height", SmallInteger),
    Column("index", BigInteger),
    Column("demander", Address),
    Column("fee_wei", Uint256),
    Column("deadline", Uint64),
    Column("status", Text),
    Column("made_block", BigInteger, primary_key=True),
    Column("made_log_index", Integer, primary_key=True),
    Column("made_at", _moment),
    Column("tx_hash", Hash),
    Column("ended_block", BigInteger, nullable=True),
    Column("ended_at", _moment, nullable=True),
    Column("ended_tx_hash", Hash, nullable=True),
)
"""Every demand for a part of a claim's data. `status`: open, answered, timed_out or reclaimed."""

reward_streams = Table(
    "reward_streams",
    view_metadata,
    Column("claim_id", Hash, primary_key=True),
    Column("prover", Address),
    Column("domain_id", Hash),
    Column("reward_wei", Uint256),
    Column("finalized_block", BigInteger),
    Column("finalized_at", _moment),
    Column("collected_wei", Uint256),
    Column("collected_at", _moment, nullable=True),
    Column("covered_until", Uint64, nullable=True),
    Column("confirmed_at", _moment, nullable=True),
)
"""The reward of every finalized claim as it flows: what of it was put in line so far, and until when (running time)
the optimized page is known to be served. Both are null before the first such word."""
