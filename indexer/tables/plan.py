"""Events of PlanRegistry: plans, subscriptions, keys, usage and overage."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, SmallInteger, Text

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

subscription_cancelled = event_table(
    "subscription_cancelled",
    Column("client", Address),
    Column("credited", Uint256),
    Column("paid_until", BigInteger),
    Index(None, "client"),
)
client_domain_set = event_table(
    "client_domain_set",
    Column("client", Address),
    Column("domain_id", Hash),
    Index(None, "client"),
    Index(None, "domain_id"),
)
fees_earned = event_table(
    "fees_earned",
    Column("client", Address),
    Column("token", Address),
    Column("domain_id", Hash),
    Column("amount", Uint256),
    Index(None, "client"),
    Index(None, "domain_id"),
)
fees_passed_on = event_table(
    "fees_passed_on",
    Column("token", Address),
    Column("domain_id", Hash),
    Column("amount", Uint256),
    Index(None, "domain_id"),
)
key_committed = event_table(
    "key_committed",
    Column("client", Address),
    Column("commitment", Hash),
    Index(None, "client"),
    Index(None, "commitment"),
)
key_revoked = event_table(
    "key_revoked",
    Column("client", Address),
    Column("commitment", Hash),
    Index(None, "client"),
    Index(None, "commitment"),
)
overage_charged = event_table(
    "overage_charged",
    Column("client", Address),
    Column("month", BigInteger),
    Column("token", Address),
    Column("overage_requests", Uint64),
    Column("due", Uint256),
    Column("charged", Uint256),
    Index(None, "client"),
)
overage_deposited = event_table(
    "overage_deposited",
    Column("client", Address),
    Column("token", Address),
    Column("amount", Uint256),
    Column("deposit", Uint256),
    Index(None, "client"),
)
overage_leaving = event_table(
    "overage_leaving",
    Column("client", Address),
    Column("token", Address),
    Column("free_at", BigInteger),
    Index(None, "client"),
)
overage_returned = event_table(
    "overage_returned",
    Column("client", Address),
    Column("token", Address),
    Column("amount", Uint256),
    Index(None, "client"),
)
plan_changed = event_table(
    "plan_changed",
    Column("client", Address),
    Column("from_plan_id", SmallInteger),
    Column("to_plan_id", SmallInteger),
    Column("paid", Uint256),
    Column("credited", Uint256),
    Column("paid_until", BigInteger),
    Index(None, "client"),
)
plan_set = event_table(
    "plan_set",
    Column("plan_id", SmallInteger),
    Column("name_bytes", LargeBinary),
    Column("name", Text),
    Column("requests_per_month", Uint64),
    Column("storage_bytes", Uint64),
    Column("api_calls_per_day", BigInteger),
    Column("tasks_per_month", BigInteger),
    Column("generate_jobs_per_month", BigInteger),
    Column("refactor_jobs_per_month", BigInteger),
    Column("debug_jobs_per_month", BigInteger),
    Column("deployments_per_month", BigInteger),
    Column("is_open", Boolean),
)
price_set = event_table(
    "price_set",
    Column("plan_id", SmallInteger),
    Column("token", Address),
    Column("month", Uint256),
    Column("set_up", Uint256),
    Column("overage_per_request", Uint256),
)
client_resumed = event_table(
    "client_resumed",
    Column("client", Address),
    Index(None, "client"),
)
subscribed = event_table(
    "subscribed",
    Column("client", Address),
    Column("plan_id", SmallInteger),
    Column("token", Address),
    Column("payer", Address),
    Column("months", BigInteger),
    Column("paid", Uint256),
    Column("set_up", Uint256),
    Column("paid_until", BigInteger),
    Index(None, "client"),
)
client_suspended = event_table(
    "client_suspended",
    Column("client", Address),
    Column("reason", Hash),
    Index(None, "client"),
)
trial_started = event_table(
    "trial_started",
    Column("client", Address),
    Column("plan_id", SmallInteger),
    Column("trial_until", BigInteger),
    Index(None, "client"),
)
usage_anchored = event_table(
    "usage_anchored",
    Column("month", BigInteger),
    Column("root", Hash),
    Column("leaves", Uint64),
)
plan_withdrawn = event_table(
    "plan_withdrawn",
    Column("account", Address),
    Column("token", Address),
    Column("amount", Uint256),
    Index(None, "account"),
)
