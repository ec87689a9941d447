"""Events of DOMSpaceToken: transfers, approvals, votes, and rewards from standing in line to being paid."""

from sqlalchemy import Column, Index

from indexer.tables.metadata import Address, Hash, Uint256, event_table

dsh_transfer = event_table(
    "dsh_transfer",
    Column("sender", Address),
    Column("recipient", Address),
    Column("amount_wei", Uint256),
    Index(None, "sender"),
    Index(None, "recipient"),
)
dsh_approval = event_table(
    "dsh_approval", Column("owner", Address), Column("spender", Address), Column("amount_wei", Uint256)
)
delegate_changed = event_table(
    "delegate_changed", Column("delegator", Address), Column("from_delegate", Address), Column("to_delegate", Address)
)
delegate_votes_changed = event_table(
    "delegate_votes_changed",
    Column("delegate", Address),
    Column("previous_votes", Uint256),
    Column("new_votes", Uint256),
)
eip712_domain_changed = event_table("eip712_domain_changed", Column("contract", Address))

reward_queued = event_table(
    "reward_queued",
    Column("ticket", Uint256),
    Column("account", Address),
    Column("reason", Hash),
    Column("amount_wei", Uint256),
    Column("queued_end_wei", Uint256),
    Index(None, "ticket"),
    Index(None, "account"),
    Index(None, "reason"),
)
reward_paid = event_table(
    "reward_paid",
    Column("ticket", Uint256),
    Column("account", Address),
    Column("amount_wei", Uint256),
    Index(None, "ticket"),
    Index(None, "account"),
)
