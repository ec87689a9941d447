"""Events of OptimizationRegistry: hosts with their biomes, and what harvesters have verified.

Text from the chain may hold NUL or invalid UTF-8, which Postgres text refuses: `*_bytes` has it exactly, the text
column beside it has a replacement character for each such place and is for people only.
"""

from sqlalchemy import Column, Index, LargeBinary, SmallInteger, Text

from indexer.tables.metadata import Address, Hash, Int256, Uint64, Uint256, event_table

host_registered = event_table(
    "host_registered",
    Column("domain_id", Hash),
    Column("owner", Address),
    Column("biome", SmallInteger),
    Column("host_bytes", LargeBinary),
    Column("host", Text),
    Index(None, "domain_id", "block_number", "log_index"),
    # A host may be longer than a btree entry can be; nobody needs ranges of hosts.
    Index("ix_host_registered_host", "host", postgresql_using="hash"),
)
saving_recorded = event_table(
    "saving_recorded",
    Column("harvester", Address),
    Column("domain_id", Hash),
    Column("claim_id", Hash),
    Column("saved_bytes", Uint64),
    Column("verified_bytes", Uint256),
    Column("reputation", Int256),
    Index(None, "harvester", "block_number", "log_index"),
    Index(None, "domain_id"),
)
reputation_slashed = event_table(
    "reputation_slashed",
    Column("harvester", Address),
    Column("claim_id", Hash),
    Column("claimed_bytes", Uint64),
    Column("reputation", Int256),
    Index(None, "harvester", "block_number", "log_index"),
    Index(None, "claim_id"),
)
