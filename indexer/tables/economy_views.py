"""Views over plans, nodes, models and recipes: what their events have come to."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, DateTime, SmallInteger, Table, Text

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, view_metadata

_moment = DateTime(timezone=True)


def _nodes(name: str) -> Table:
    columns: tuple[Column[Any], ...] = (
        Column("node_id", Uint64, primary_key=True),
        Column("owner", Address),
        Column("node_type", SmallInteger),
        Column("operator", Address),
        Column("kib", BigInteger),
        Column("compute", BigInteger),
        Column("stake_wei", Uint256),
        Column("phase", SmallInteger),
        Column("beat_at", BigInteger, nullable=True),
        Column("running_jobs", BigInteger),
        Column("verified_jobs", BigInteger),
        Column("failed_jobs", BigInteger),
        Column("reward_wei", Uint256),
        Column("created_block", BigInteger),
        Column("created_at", _moment),
    )
    return Table(name, view_metadata, *columns)


nodes = _nodes("nodes")
"""Every node. `phase`: 1 running, 2 maintenance, 3 draining, 4 retired, 5 merged; whether a running one is there is
told by `beat_at`, its last heartbeat. `stake_wei` is what it staked, until it was slashed or merged away; that the
stake of a retired node was taken is told by `node_stake_taken`."""


ai_nodes = _nodes("ai_nodes")
"""Those of type 0, AI_CONSENSUS."""

storage_shards = _nodes("storage_shards")
"""Those of type 1, STORAGE_SHARD."""

cross_chain_bridges = _nodes("cross_chain_bridges")
"""Those of type 2, BRIDGE."""

plans = Table(
    "plans",
    view_metadata,
    Column("plan_id", SmallInteger, primary_key=True),
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
    Column("set_at", _moment),
)
"""What each plan includes now."""

plan_prices = Table(
    "plan_prices",
    view_metadata,
    Column("plan_id", SmallInteger, primary_key=True),
    Column("token", Address, primary_key=True),
    Column("month", Uint256),
    Column("set_up", Uint256),
    Column("overage_per_request", Uint256),
    Column("set_at", _moment),
)
"""What each plan costs now, in the smallest unit of each token that it is paid in; `month` zero: not taken any more."""

subscriptions = Table(
    "subscriptions",
    view_metadata,
    Column("client", Address, primary_key=True),
    Column("plan_id", SmallInteger),
    Column("token", Address, nullable=True),
    Column("trial_until", BigInteger, nullable=True),
    Column("paid_until", BigInteger, nullable=True),
    Column("is_cancelled", Boolean),
    Column("is_suspended", Boolean),
    Column("domain_id", Hash, nullable=True),
    Column("since_at", _moment),
)
"""Every client that ever began a trial or paid. Its status follows from the times, as in `statusOf`. `trial_until` is
as the trial began; paying for another plan, or cancelling, ends it sooner."""

model_records = Table(
    "model_records",
    view_metadata,
    Column("record_id", Uint256, primary_key=True),
    Column("kind", SmallInteger),
    Column("name", Text),
    Column("author", Address),
    Column("versions", BigInteger),
    Column("content", Hash, nullable=True),
    Column("deployed_version", BigInteger, nullable=True),
    Column("status", Text),
    Column("stored_at", _moment),
)
"""Models (`kind` 0) and training data (1). `content` is the latest version's; `status`: active, deployed or retired."""

recipes = Table(
    "recipes",
    view_metadata,
    Column("recipe_id", Uint256, primary_key=True),
    Column("miner", Address),
    Column("recipe_type", SmallInteger),
    Column("biome", SmallInteger),
    Column("content", Hash),
    Column("bond_wei", Uint256),
    Column("status", Text),
    Column("score", BigInteger, nullable=True),
    Column("corpus", Hash, nullable=True),
    Column("reward_wei", Uint256),
    Column("discovered_block", BigInteger),
    Column("discovered_at", _moment),
)
"""Every recipe. `status`: discovered, testing, challenged, validated, deployed, superseded or rejected. The score and
its corpus are null while none stands; `bond_wei` is what was laid down at discovery."""
