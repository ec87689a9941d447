"""What the events add up to, in versions: a row says what was so from `from_block` until before `until_block`.

Invariant: the versions of a key follow on each other without a gap, and the last one has no end. So the state now is
one condition, the state at any block is another, and undoing blocks is a delete and an update: this is the undo
journal. A column is what was said last or first, or a sum over all that was said; `indexer.versions` says by which
events.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from indexer.tables.metadata import Address, Hash, Int256, Uint64, Uint256, metadata

NO_END = 2**63 - 1
"""`until_block` of what is so now."""

_moment = DateTime(timezone=True)


def summed(name: str) -> Column[Any]:
    """A sum over events. Without a bound: two amounts of 2^256-1 are more than any type of the chain holds."""
    return Column(name, Numeric, nullable=False, info={"fold": "sum"})


def counted(name: str) -> Column[Any]:
    """A sum over so few that it is a plain integer."""
    return Column(name, BigInteger, nullable=False, info={"fold": "sum"})


def said(name: str, kind: Any, default: str | None = None) -> Column[Any]:
    """What was said last; `default` (SQL) as long as nothing was."""
    return Column(name, kind, nullable=default is None, info={"fold": "said", "default": default})


def _version_table(name: str, keys: list[Column[Any]], *items: SchemaItem) -> Table:
    names = [column.name for column in keys]
    for column in keys:
        column.nullable = False
    return Table(
        name,
        metadata,
        *keys,
        Column("from_block", BigInteger, nullable=False),
        Column("until_block", BigInteger, nullable=False),
        *[item for item in items if isinstance(item, Column)],
        PrimaryKeyConstraint(*names, "from_block"),
        UniqueConstraint(*names, "until_block"),
        CheckConstraint("from_block >= 0 AND until_block > from_block", name="blocks_in_order"),
        # For undoing blocks, and for what follows from the versions of one batch.
        Index(None, "from_block"),
        Index(f"ix_{name}_ended", "until_block", postgresql_where=f"until_block < {NO_END}"),
        *[item for item in items if not isinstance(item, Column)],
        info={"version": True},
    )


def _now(also: str = "") -> dict[str, Any]:
    return {"postgresql_where": f"until_block = {NO_END}" + (f" AND {also}" if also else "")}


claim_versions = _version_table(
    "claim_versions",
    [Column("claim_id", Hash)],
    said("revealed_block", BigInteger),
    said("revealed_log_index", Integer),
    said("status", Text),
    said("claimed_bytes", Int256),
    counted("votes"),
    said("counted_votes", SmallInteger),
    said("saved_bytes", Uint64),
    said("reward_wei", Uint256),
    said("challenger", Address),
    said("fault", SmallInteger),
    said("bounty_wei", Uint256),
    said("burnt_wei", Uint256),
    said("decided_block", BigInteger),
    said("decided_log_index", Integer),
    said("decided_at", _moment),
    said("decided_tx_hash", Hash),
    # Of all versions: the newest claims at a block of the past are found by their place too.
    Index(None, "revealed_block", "revealed_log_index"),
    Index("ix_claim_versions_claimed_bytes", "claimed_bytes", "claim_id", **_now()),
    Index("ix_claim_versions_saved_bytes", text("coalesce(saved_bytes, 0)"), "claim_id", **_now()),
    Index("ix_claim_versions_reward_wei", text("coalesce(reward_wei, 0)"), "claim_id", **_now()),
    Index("ix_claim_versions_status", "status", "revealed_block", "revealed_log_index", **_now()),
    CheckConstraint("status IN ('pending', 'finalized', 'slashed', 'expired')", name="status_known"),
)
"""A claim, as far as it changes; what it was revealed with stays in `claim_revealed`. `votes`: attestations that would
count; `counted_votes`: what the contract counted at finalize. Without `revealed_block`: decided and never revealed,
which no contract of ours says."""

page_versions = _version_table(
    "page_versions",
    [Column("page_key", Hash)],
    said("domain_id", Hash),
    counted("claims_finalized"),
    summed("saved_bytes"),
)
"""A page with claims on it: how many are finalized now, and what they saved."""

host_versions = _version_table(
    "host_versions",
    [Column("domain_id", Hash)],
    said("host", Text),
    said("owner", Address),
    said("biome", SmallInteger),
    said("registered_block", BigInteger),
    said("registered_at", _moment),
    counted("claims_finalized"),
    summed("saved_bytes"),
)
"""A domain that was registered, or has a finalized claim."""

harvester_versions = _version_table(
    "harvester_versions",
    [Column("address", Address)],
    said("verified_bytes", Uint256, "0"),
    said("reputation", Int256, "0"),
    counted("claims_revealed"),
    counted("claims_finalized"),
    counted("claims_slashed"),
    counted("claims_expired"),
    summed("reward_wei"),
    summed("paid_wei"),
    counted("land_count"),
    Column("first_seen_block", BigInteger, info={"fold": "first"}),
    Column("first_seen_at", _moment, info={"fold": "first"}),
    Index("ix_harvester_versions_verified_bytes", "verified_bytes", "address", **_now("first_seen_block IS NOT NULL")),
    Index("ix_harvester_versions_reputation", "reputation", "address", **_now("first_seen_block IS NOT NULL")),
    Index("ix_harvester_versions_first_seen", "first_seen_block", "address", **_now("first_seen_block IS NOT NULL")),
)
"""Whoever has a claim, a saving, a parcel or a reward. Without `first_seen_block`: rewards only, no harvester."""

land_versions = _version_table(
    "land_versions",
    [Column("token_id", Uint256)],
    said("owner", Address),
    said("harvester", Address),
    said("biome", SmallInteger),
    said("level", Integer),
    said("area_m2", BigInteger),
    said("minted_block", BigInteger),
    said("minted_log_index", Integer),
    said("minted_at", _moment),
    said("tx_hash", Hash),
    Index("ix_land_versions_minted", "minted_block", "minted_log_index", **_now()),
    Index("ix_land_versions_harvester", "harvester", **_now()),
    Index("ix_land_versions_owner", "owner", **_now()),
)
"""A parcel. Without `minted_block`: handed on and never minted, which no contract of ours says."""

verifier_versions = _version_table(
    "verifier_versions",
    [Column("address", Address)],
    said("is_verifier", Boolean),
    said("set_block", BigInteger),
    said("set_at", _moment),
    counted("attestations"),
    said("last_attested_at", _moment),
    summed("stake_wei"),
)
"""Whoever was made a verifier, attested or staked."""

rollup_versions = _version_table(
    "rollup_versions",
    [Column("interval", Text), Column("starts_at", _moment)],
    counted("claims_revealed"),
    counted("claims_finalized"),
    counted("claims_slashed"),
    counted("claims_expired"),
    counted("attestations"),
    summed("saved_bytes"),
    summed("reward_wei"),
    summed("paid_wei"),
    CheckConstraint("interval IN ('hour', 'day')", name="interval_known"),
)
"""What happened in one hour or day (UTC, by block time)."""

total_versions = _version_table(
    "total_versions",
    [Column("one_row", Boolean)],
    counted("claims"),
    counted("claims_pending"),
    counted("claims_finalized"),
    counted("claims_slashed"),
    counted("claims_expired"),
    summed("saved_bytes"),
    summed("source_bytes"),
    summed("optimized_bytes"),
    summed("attested_bytes"),
    summed("reward_wei"),
    summed("paid_wei"),
    counted("pages"),
    counted("hosts"),
    counted("harvesters"),
    counted("parcels"),
    summed("area_m2"),
    CheckConstraint("one_row", name="one_row"),
)
"""Sums over everything; each follows from the versions of what it sums."""

derivations = Table(
    "derivations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
)
"""By which rules the versions in each table were made: a program with other rules makes them again."""


def version_tables() -> list[Table]:
    """Every table of versions, in a fixed order."""
    return [table for table in metadata.sorted_tables if table.info.get("version")]
