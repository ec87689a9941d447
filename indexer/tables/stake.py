"""Events of VerifierStakes: stakes of verifier nodes, canaries, and who lost a stake."""

from sqlalchemy import Column, Index

from indexer.tables.metadata import Address, Hash, Uint64, Uint256, event_table

staked = event_table(
    "staked",
    Column("verifier", Address),
    Column("payer", Address),
    Column("amount_wei", Uint256),
    Index(None, "verifier"),
)
leaving = event_table(
    "leaving",
    Column("verifier", Address),
    Column("free_at", Uint64),
    Index(None, "verifier"),
)
stake_released = event_table(
    "stake_released",
    Column("verifier", Address),
    Column("amount_wei", Uint256),
    Index(None, "verifier"),
)
verifier_slashed = event_table(
    "verifier_slashed",
    Column("verifier", Address),
    Column("reporter", Address),
    Column("offence", Hash),
    Column("bounty_wei", Uint256),
    Column("burnt_wei", Uint256),
    Index(None, "verifier"),
)
canary_registered = event_table(
    "canary_registered",
    Column("commitment", Hash),
    Index(None, "commitment"),
)
canary_opened = event_table(
    "canary_opened",
    Column("claim_id", Hash),
    Column("commitment", Hash),
    Column("verifier", Address),
    Index(None, "claim_id"),
)
minimum_stake_set = event_table(
    "minimum_stake_set",
    Column("minimum_stake_wei", Uint256),
)
stake_withdrawn = event_table(
    "stake_withdrawn",
    Column("account", Address),
    Column("token", Address),
    Column("amount_wei", Uint256),
    Index(None, "account"),
)
