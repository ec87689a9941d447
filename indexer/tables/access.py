"""Events of AccessManager, and the two that every managed contract emits: roles, and who may call what."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, Text

from indexer.tables.metadata import Address, Hash, Uint64, event_table

role_granted = event_table(
    "role_granted",
    Column("role_id", Uint64),
    Column("account", Address),
    Column("delay", BigInteger),
    Column("since", BigInteger),
    Column("new_member", Boolean),
    Index(None, "role_id", "account", "block_number", "log_index"),
    Index(None, "account"),
)
role_revoked = event_table(
    "role_revoked",
    Column("role_id", Uint64),
    Column("account", Address),
    Index(None, "role_id", "account", "block_number", "log_index"),
)
role_label = event_table(
    "role_label", Column("role_id", Uint64), Column("label_bytes", LargeBinary), Column("label", Text)
)
role_admin_changed = event_table("role_admin_changed", Column("role_id", Uint64), Column("admin", Uint64))
role_guardian_changed = event_table("role_guardian_changed", Column("role_id", Uint64), Column("guardian", Uint64))
role_grant_delay_changed = event_table(
    "role_grant_delay_changed", Column("role_id", Uint64), Column("delay", BigInteger), Column("since", BigInteger)
)
target_closed = event_table("target_closed", Column("target", Address), Column("closed", Boolean))
target_function_role_updated = event_table(
    "target_function_role_updated",
    Column("target", Address),
    Column("selector", LargeBinary),
    Column("role_id", Uint64),
)
target_admin_delay_updated = event_table(
    "target_admin_delay_updated", Column("target", Address), Column("delay", BigInteger), Column("since", BigInteger)
)
operation_scheduled = event_table(
    "operation_scheduled",
    Column("operation_id", Hash),
    Column("nonce", BigInteger),
    Column("schedule", BigInteger),
    Column("caller", Address),
    Column("target", Address),
    Column("call_data", LargeBinary),
    Index(None, "operation_id"),
)
operation_executed = event_table("operation_executed", Column("operation_id", Hash), Column("nonce", BigInteger))
operation_canceled = event_table("operation_canceled", Column("operation_id", Hash), Column("nonce", BigInteger))

authority_updated = event_table("authority_updated", Column("contract", Address), Column("authority", Address))
