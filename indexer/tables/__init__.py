"""The tables that mirror the chain and the views that readers select from.

Every event table has block_number, block_time, log_index, block_hash, tx_hash and the event's own fields.
"""

from indexer.tables.access import (
    authority_updated,
    operation_canceled,
    operation_executed,
    operation_scheduled,
    role_admin_changed,
    role_grant_delay_changed,
    role_granted,
    role_guardian_changed,
    role_label,
    role_revoked,
    target_admin_delay_updated,
    target_closed,
    target_function_role_updated,
)
from indexer.tables.blocks import blocks
from indexer.tables.challenge import bond_burnt, bounty_shared, challenge_committed, challenge_revealed
from indexer.tables.checkpoint import checkpoint
from indexer.tables.claim import (
    claim_attested,
    claim_committed,
    claim_expired,
    claim_finalized,
    claim_revealed,
    claim_slashed,
    withdrawn,
)
from indexer.tables.contracts import contracts
from indexer.tables.demand import demand_answered, demand_made, demand_reclaimed, demand_timed_out
from indexer.tables.domain import domain_confirmed, domain_voted
from indexer.tables.figure import answer_seconds_set, attested_percent_set
from indexer.tables.host import host_registered, reputation_slashed, saving_recorded
from indexer.tables.land import land_approval, land_approval_for_all, land_minted, land_transfer
from indexer.tables.metadata import event_tables, metadata, view_metadata
from indexer.tables.outbox import outbox
from indexer.tables.set_aside import set_aside_log
from indexer.tables.stake import (
    canary_opened,
    canary_registered,
    leaving,
    minimum_stake_set,
    stake_released,
    stake_withdrawn,
    staked,
    verifier_slashed,
)
from indexer.tables.stream import fees_recorded, quota_set, reward_collected, reward_granted, served_confirmed
from indexer.tables.token import (
    delegate_changed,
    delegate_votes_changed,
    dsh_approval,
    dsh_transfer,
    eip712_domain_changed,
    reward_paid,
    reward_queued,
)
from indexer.tables.verifier import parameters_set, paused, ruleset_added, unpaused, verifier_set
from indexer.tables.views import (
    harvesters,
    hosts,
    optimizations,
    parameters,
    rewards,
    role_members,
    verifiers,
    virtual_land_nfts,
)

__all__ = [
    "answer_seconds_set",
    "attested_percent_set",
    "authority_updated",
    "blocks",
    "bond_burnt",
    "bounty_shared",
    "canary_opened",
    "canary_registered",
    "challenge_committed",
    "challenge_revealed",
    "checkpoint",
    "claim_attested",
    "claim_committed",
    "claim_expired",
    "claim_finalized",
    "claim_revealed",
    "claim_slashed",
    "contracts",
    "delegate_changed",
    "delegate_votes_changed",
    "demand_answered",
    "demand_made",
    "demand_reclaimed",
    "demand_timed_out",
    "domain_confirmed",
    "domain_voted",
    "dsh_approval",
    "dsh_transfer",
    "eip712_domain_changed",
    "event_tables",
    "fees_recorded",
    "harvesters",
    "host_registered",
    "hosts",
    "land_approval",
    "land_approval_for_all",
    "land_minted",
    "land_transfer",
    "leaving",
    "metadata",
    "minimum_stake_set",
    "operation_canceled",
    "operation_executed",
    "operation_scheduled",
    "optimizations",
    "outbox",
    "parameters",
    "parameters_set",
    "paused",
    "quota_set",
    "reputation_slashed",
    "reward_collected",
    "reward_granted",
    "reward_paid",
    "reward_queued",
    "rewards",
    "role_admin_changed",
    "role_grant_delay_changed",
    "role_granted",
    "role_guardian_changed",
    "role_label",
    "role_members",
    "role_revoked",
    "ruleset_added",
    "saving_recorded",
    "served_confirmed",
    "set_aside_log",
    "stake_released",
    "stake_withdrawn",
    "staked",
    "target_admin_delay_updated",
    "target_closed",
    "target_function_role_updated",
    "unpaused",
    "verifier_set",
    "verifier_slashed",
    "verifiers",
    "view_metadata",
    "virtual_land_nfts",
    "withdrawn",
]
