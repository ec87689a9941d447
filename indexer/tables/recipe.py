"""Events of MiningEngine: recipes, their scores, bonds and rewards."""

from sqlalchemy import BigInteger, Boolean, Column, Index, SmallInteger

from indexer.tables.metadata import Address, Hash, Uint256, event_table

challenge_lapsed = event_table(
    "challenge_lapsed",
    Column("recipe_id", Uint256),
    Index(None, "recipe_id"),
)
mining_credited = event_table(
    "mining_credited",
    Column("account", Address),
    Column("amount_wei", Uint256),
    Index(None, "account"),
)
mining_parameters_set = event_table(
    "mining_parameters_set",
    Column("bond_wei", Uint256),
    Column("reward_per_point_wei", Uint256),
    Column("window_seconds", BigInteger),
    Column("tolerance", BigInteger),
)
recipe_deployed = event_table(
    "recipe_deployed",
    Column("recipe_id", Uint256),
    Column("superseded_id", Uint256),
    Index(None, "recipe_id"),
)
recipe_discovered = event_table(
    "recipe_discovered",
    Column("recipe_id", Uint256),
    Column("miner", Address),
    Column("recipe_type", SmallInteger),
    Column("biome", SmallInteger),
    Column("content", Hash),
    Column("bond_wei", Uint256),
    Index(None, "recipe_id"),
    Index(None, "miner"),
)
recipe_rejected = event_table(
    "recipe_rejected",
    Column("recipe_id", Uint256),
    Index(None, "recipe_id"),
)
recipe_scored = event_table(
    "recipe_scored",
    Column("recipe_id", Uint256),
    Column("score", BigInteger),
    Column("corpus", Hash),
    Column("deadline", BigInteger),
    Index(None, "recipe_id"),
)
recipe_validated = event_table(
    "recipe_validated",
    Column("recipe_id", Uint256),
    Column("score", BigInteger),
    Column("before", BigInteger),
    Column("reward_wei", Uint256),
    Index(None, "recipe_id"),
)
score_challenged = event_table(
    "score_challenged",
    Column("recipe_id", Uint256),
    Column("challenger", Address),
    Column("bond_wei", Uint256),
    Column("deadline", BigInteger),
    Index(None, "recipe_id"),
    Index(None, "challenger"),
)
score_replicated = event_table(
    "score_replicated",
    Column("recipe_id", Uint256),
    Column("score", BigInteger),
    Column("replicated", BigInteger),
    Column("is_upheld", Boolean),
    Index(None, "recipe_id"),
)
mining_withdrawn = event_table(
    "mining_withdrawn",
    Column("account", Address),
    Column("amount_wei", Uint256),
    Index(None, "account"),
)
