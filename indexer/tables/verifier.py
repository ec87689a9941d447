"""Events of ProofOfOptimization that governance causes: who may verify, with which parameters, paused or not."""

from sqlalchemy import Boolean, Column, Index, Integer, SmallInteger

from indexer.tables.metadata import Address, Uint64, Uint256, event_table

verifier_set = event_table(
    "verifier_set",
    Column("verifier", Address),
    Column("is_verifier", Boolean),
    Index(None, "verifier", "block_number", "log_index"),
)
parameters_set = event_table(
    "parameters_set",
    Column("window_seconds", Uint64),
    Column("quorum", SmallInteger),
    Column("minimum_bond_wei", Uint256),
    Column("dsh_price_wei", Uint256),
)
ruleset_added = event_table("ruleset_added", Column("ruleset", Integer), Column("rules", Address))
paused = event_table("paused", Column("contract", Address), Column("account", Address))
unpaused = event_table("unpaused", Column("contract", Address), Column("account", Address))
