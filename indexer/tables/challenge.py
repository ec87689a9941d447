"""Events of ProofOfOptimization about challengers: who committed to a proof, who shared a bounty, what was burnt."""

from sqlalchemy import Column, Index

from indexer.tables.metadata import Address, Hash, Uint256, event_table

challenge_committed = event_table(
    "challenge_committed",
    Column("commitment", Hash),
    Column("challenger", Address),
    Index(None, "commitment"),
)
challenge_revealed = event_table(
    "challenge_revealed",
    Column("claim_id", Hash),
    Column("challenger", Address),
    Column("commitment", Hash),
    Index(None, "claim_id"),
)
bounty_shared = event_table(
    "bounty_shared",
    Column("claim_id", Hash),
    Column("challenger", Address),
    Column("amount_wei", Uint256),
    Index(None, "claim_id"),
    Index(None, "challenger"),
)
bond_burnt = event_table(
    "bond_burnt",
    Column("claim_id", Hash),
    Column("amount_wei", Uint256),
    Index(None, "claim_id"),
)
