"""Events to rows: which table an event goes to, and what each column gets."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table

from indexer import events, game_events, tables
from indexer.decode import SetAside
from indexer.errors import LogUnreadable
from indexer.events import Event
from indexer.log import Log

Row = tuple[object, ...]

_EPOCH_END = 253402300800  # 10000-01-01: later times have no datetime


def place(log: Log) -> Row:
    """The columns that every event table begins with."""
    return (log.block_number, moment(log.block_time), log.log_index, log.block_hash, log.tx_hash)


def moment(seconds: int) -> datetime:
    """Chain time as a datetime; a time past the year 9999, which only a test chain can have, is its last second."""
    return datetime.fromtimestamp(min(seconds, _EPOCH_END - 1), UTC)


def readable(content: bytes) -> str:
    """Text for people: what is not UTF-8, and NUL, which Postgres refuses, become U+FFFD."""
    return content.decode(errors="replace").replace("\0", "\ufffd")


def row(log: Log, event: Event | SetAside) -> tuple[Table, Row]:
    """The table and the row, in the order of the table's columns, that keep this log."""
    if isinstance(event, SetAside):
        return _set_aside(log, event.reason)
    table, fields = _ROWS[type(event)]
    try:
        return table, (*place(log), *fields(log, event))
    except LogUnreadable as error:
        return _set_aside(log, str(error))


def _set_aside(log: Log, reason: str) -> tuple[Table, Row]:
    return tables.set_aside_log, (*place(log), log.address, list(log.topics), log.data, reason)


def _as_is(kind: type[Event]) -> Callable[[Log, Any], Row]:
    names = tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # every event is a dataclass

    def fields(_: Log, event: Event) -> Row:
        return tuple([getattr(event, name) for name in names])

    return fields


def _with_contract(kind: type[Event]) -> Callable[[Log, Any], Row]:
    """For events that several contracts emit: the table says which one did."""
    fields = _as_is(kind)
    return lambda log, event: (log.address, *fields(log, event))


def _role_label(_: Log, event: events.RoleLabel) -> Row:
    return event.role_id, event.label, readable(event.label)


def _host_registered(_: Log, event: events.HostRegistered) -> Row:
    return event.domain_id, event.owner, event.biome, event.host, readable(event.host)


def _claim_revealed(_: Log, event: events.ClaimRevealed) -> Row:
    claim = event.claim
    if (claim.prover, claim.domain_id) != (event.prover, event.domain_id):
        # The table has each once; the contract writes both from the same claim.
        raise LogUnreadable("ClaimRevealed: prover or domain differ between topics and claim")
    return (
        *(event.claim_id, event.prover, event.domain_id, claim.page_key, claim.src, claim.opt, claim.trace),
        *(
            claim.src_bytes,
            claim.opt_bytes,
            claim.attested_bytes,
            claim.n,
            claim.m,
            claim.depth_s,
            claim.depth_o,
            claim.ruleset,
        ),
        *(claim.evidence, event.bond_wei, event.deadline),
    )


_PLAIN: dict[type[Event], Table] = {
    events.RoleGranted: tables.role_granted,
    events.RoleRevoked: tables.role_revoked,
    events.RoleAdminChanged: tables.role_admin_changed,
    events.RoleGuardianChanged: tables.role_guardian_changed,
    events.RoleGrantDelayChanged: tables.role_grant_delay_changed,
    events.TargetClosed: tables.target_closed,
    events.TargetFunctionRoleUpdated: tables.target_function_role_updated,
    events.TargetAdminDelayUpdated: tables.target_admin_delay_updated,
    events.OperationScheduled: tables.operation_scheduled,
    events.OperationExecuted: tables.operation_executed,
    events.OperationCanceled: tables.operation_canceled,
    events.DshTransfer: tables.dsh_transfer,
    events.DshApproval: tables.dsh_approval,
    events.DelegateChanged: tables.delegate_changed,
    events.DelegateVotesChanged: tables.delegate_votes_changed,
    events.RewardQueued: tables.reward_queued,
    events.RewardPaid: tables.reward_paid,
    events.SavingRecorded: tables.saving_recorded,
    events.ReputationSlashed: tables.reputation_slashed,
    events.ClaimCommitted: tables.claim_committed,
    events.ClaimAttested: tables.claim_attested,
    events.ClaimSlashed: tables.claim_slashed,
    events.ClaimFinalized: tables.claim_finalized,
    events.ClaimExpired: tables.claim_expired,
    events.Withdrawn: tables.withdrawn,
    events.VerifierSet: tables.verifier_set,
    events.ParametersSet: tables.parameters_set,
    events.RulesetAdded: tables.ruleset_added,
    events.LandMinted: tables.land_minted,
    events.LandTransfer: tables.land_transfer,
    events.LandApproval: tables.land_approval,
    events.LandApprovalForAll: tables.land_approval_for_all,
    game_events.ChallengeCommitted: tables.challenge_committed,
    game_events.ChallengeRevealed: tables.challenge_revealed,
    game_events.BountyShared: tables.bounty_shared,
    game_events.BondBurnt: tables.bond_burnt,
    game_events.DemandMade: tables.demand_made,
    game_events.DemandAnswered: tables.demand_answered,
    game_events.DemandTimedOut: tables.demand_timed_out,
    game_events.DemandReclaimed: tables.demand_reclaimed,
    game_events.ServedConfirmed: tables.served_confirmed,
    game_events.RewardCollected: tables.reward_collected,
    game_events.FeesRecorded: tables.fees_recorded,
    game_events.RewardGranted: tables.reward_granted,
    game_events.QuotaSet: tables.quota_set,
    game_events.Staked: tables.staked,
    game_events.Leaving: tables.leaving,
    game_events.StakeReleased: tables.stake_released,
    game_events.VerifierSlashed: tables.verifier_slashed,
    game_events.CanaryRegistered: tables.canary_registered,
    game_events.CanaryOpened: tables.canary_opened,
    game_events.MinimumStakeSet: tables.minimum_stake_set,
    game_events.StakeWithdrawn: tables.stake_withdrawn,
    game_events.DomainVoted: tables.domain_voted,
    game_events.DomainConfirmed: tables.domain_confirmed,
    game_events.AnswerSecondsSet: tables.answer_seconds_set,
    game_events.AttestedPercentSet: tables.attested_percent_set,
}
_OF_SEVERAL: dict[type[Event], Table] = {
    events.AuthorityUpdated: tables.authority_updated,
    events.Paused: tables.paused,
    events.Unpaused: tables.unpaused,
    events.Eip712DomainChanged: tables.eip712_domain_changed,
}
_ROWS: dict[type[Event], tuple[Table, Callable[[Log, Any], Row]]] = {
    **{kind: (table, _as_is(kind)) for kind, table in _PLAIN.items()},
    **{kind: (table, _with_contract(kind)) for kind, table in _OF_SEVERAL.items()},
    events.RoleLabel: (tables.role_label, _role_label),
    events.HostRegistered: (tables.host_registered, _host_registered),
    events.ClaimRevealed: (tables.claim_revealed, _claim_revealed),
}
