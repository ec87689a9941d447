"""Events of ModelStorage: models and training data, their versions and who may read them."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, SmallInteger, Text

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

access_granted = event_table(
    "access_granted",
    Column("record_id", Uint256),
    Column("reader", Address),
    Column("by", Address),
    Column("expires_at", BigInteger),
    Index(None, "record_id"),
)
access_revoked = event_table(
    "access_revoked",
    Column("record_id", Uint256),
    Column("reader", Address),
    Column("by", Address),
    Index(None, "record_id"),
)
storage_pause_changed = event_table(
    "storage_pause_changed",
    Column("is_paused", Boolean),
    Column("by", Address),
)
record_deployed = event_table(
    "record_deployed",
    Column("record_id", Uint256),
    Column("version", BigInteger),
    Column("by", Address),
    Index(None, "record_id"),
)
record_made_from = event_table(
    "record_made_from",
    Column("record_id", Uint256),
    Column("parent_id", Uint256),
    Index(None, "record_id"),
    Index(None, "parent_id"),
)
record_retired = event_table(
    "record_retired",
    Column("record_id", Uint256),
    Column("by", Address),
    Index(None, "record_id"),
)
record_stored = event_table(
    "record_stored",
    Column("record_id", Uint256),
    Column("kind", SmallInteger),
    Column("author", Address),
    Column("name_bytes", LargeBinary),
    Column("name", Text),
    Index(None, "record_id"),
    Index(None, "author"),
)
version_stored = event_table(
    "version_stored",
    Column("record_id", Uint256),
    Column("version", BigInteger),
    Column("author", Address),
    Column("content", Hash),
    Column("data_hash", Hash),
    Column("metadata_hash", Hash),
    Column("schema_hash", Hash),
    Index(None, "record_id"),
    Index(None, "author"),
)
initialized = event_table(
    "initialized",
    Column("contract", Address),
    Column("version", Uint64),
)
upgraded = event_table(
    "upgraded",
    Column("contract", Address),
    Column("implementation", Address),
)
