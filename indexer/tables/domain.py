"""Events of DomainControl: votes on who controls a domain."""

from sqlalchemy import Boolean, Column, Index, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint64, event_table

domain_voted = event_table(
    "domain_voted",
    Column("domain_id", Hash),
    Column("owner", Address),
    Column("verifier", Address),
    Column("biome", SmallInteger),
    Column("nonce", Uint64),
    Column("is_seen", Boolean),
    Index(None, "domain_id"),
)
domain_confirmed = event_table(
    "domain_confirmed",
    Column("domain_id", Hash),
    Column("owner", Address),
    Column("biome", SmallInteger),
    Column("nonce", Uint64),
    Column("votes", SmallInteger),
    Index(None, "domain_id"),
)
