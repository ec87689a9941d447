"""Events to rows: which table an event goes to, and what each column gets."""

from dataclasses import dataclass

from sqlalchemy import Table

from indexer import client_events, events, game_events, model_events, tables
from indexer.cells import Row, place, readable
from indexer.decode import SetAside
from indexer.events import Event
from indexer.log import Log

CONTRACT = "@contract"
READABLE = "~"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an event goes: its table, and what each column after the place gets.

    A column's source is a field, or one of the event's struct (`claim.page_key`); `@contract` is who said it; `~host`
    is the readable form of `host`. `equal`: what the contract writes twice and must say alike.
    """

    table: Table
    columns: tuple[str, ...]
    equal: tuple[tuple[str, str], ...] = ()


def row(log: Log, event: Event | SetAside) -> tuple[Table, Row]:
    """The table and the row, in the order of the table's columns, that keep this log."""
    if isinstance(event, SetAside):
        return _set_aside(log, event.reason)
    layout = LAYOUTS[type(event)]
    for one, other in layout.equal:
        if _source(log, event, one) != _source(log, event, other):
            return _set_aside(log, f"{type(event).__name__}: {one} and {other} differ")
    return layout.table, (*place(log), *(_source(log, event, source) for source in layout.columns))


def _source(log: Log, event: Event, source: str) -> object:
    if source == CONTRACT:
        return log.address
    if source.startswith(READABLE):
        return readable(getattr(event, source[1:]))
    struct, _, name = source.rpartition(".")
    return getattr(getattr(event, struct) if struct else event, name)


def _set_aside(log: Log, reason: str) -> tuple[Table, Row]:
    return tables.set_aside_log, (*place(log), log.address, list(log.topics), log.data, reason)


def _fields(kind: type[Event]) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # every event is a dataclass


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
    client_events.SubscriptionCancelled: tables.subscription_cancelled,
    client_events.ClientDomainSet: tables.client_domain_set,
    client_events.FeesEarned: tables.fees_earned,
    client_events.FeesPassedOn: tables.fees_passed_on,
    client_events.KeyCommitted: tables.key_committed,
    client_events.KeyRevoked: tables.key_revoked,
    client_events.OverageCharged: tables.overage_charged,
    client_events.OverageDeposited: tables.overage_deposited,
    client_events.OverageLeaving: tables.overage_leaving,
    client_events.OverageReturned: tables.overage_returned,
    client_events.PlanChanged: tables.plan_changed,
    client_events.ClientResumed: tables.client_resumed,
    client_events.Subscribed: tables.subscribed,
    client_events.ClientSuspended: tables.client_suspended,
    client_events.TrialStarted: tables.trial_started,
    client_events.UsageAnchored: tables.usage_anchored,
    client_events.PlanWithdrawn: tables.plan_withdrawn,
    client_events.RoomAllocated: tables.room_allocated,
    client_events.NodeBeat: tables.node_beat,
    client_events.JobFailed: tables.job_failed,
    client_events.JobStarted: tables.job_started,
    client_events.JobVerified: tables.job_verified,
    client_events.NodeCreated: tables.node_created,
    client_events.NodePhaseSet: tables.node_phase_set,
    client_events.NodeScaled: tables.node_scaled,
    client_events.NodeSlashed: tables.node_slashed,
    client_events.NodesMerged: tables.nodes_merged,
    client_events.NodeOperatorSet: tables.node_operator_set,
    client_events.RoomReleased: tables.room_released,
    client_events.NodeStakeLeaving: tables.node_stake_leaving,
    client_events.StakeRateSet: tables.stake_rate_set,
    client_events.NodeStakeTaken: tables.node_stake_taken,
    model_events.AccessGranted: tables.access_granted,
    model_events.AccessRevoked: tables.access_revoked,
    model_events.StoragePauseChanged: tables.storage_pause_changed,
    model_events.RecordDeployed: tables.record_deployed,
    model_events.RecordMadeFrom: tables.record_made_from,
    model_events.RecordRetired: tables.record_retired,
    model_events.VersionStored: tables.version_stored,
    model_events.ChallengeLapsed: tables.challenge_lapsed,
    model_events.MiningCredited: tables.mining_credited,
    model_events.MiningParametersSet: tables.mining_parameters_set,
    model_events.RecipeDeployed: tables.recipe_deployed,
    model_events.RecipeDiscovered: tables.recipe_discovered,
    model_events.RecipeRejected: tables.recipe_rejected,
    model_events.RecipeScored: tables.recipe_scored,
    model_events.RecipeValidated: tables.recipe_validated,
    model_events.ScoreChallenged: tables.score_challenged,
    model_events.ScoreReplicated: tables.score_replicated,
    model_events.MiningWithdrawn: tables.mining_withdrawn,
}
_OF_SEVERAL: dict[type[Event], Table] = {
    events.AuthorityUpdated: tables.authority_updated,
    events.Paused: tables.paused,
    events.Unpaused: tables.unpaused,
    events.Eip712DomainChanged: tables.eip712_domain_changed,
    model_events.Initialized: tables.initialized,
    model_events.Upgraded: tables.upgraded,
}
LAYOUTS: dict[type[Event], Layout] = {
    **{kind: Layout(table, _fields(kind)) for kind, table in _PLAIN.items()},
    **{kind: Layout(table, (CONTRACT, *_fields(kind))) for kind, table in _OF_SEVERAL.items()},
    events.RoleLabel: Layout(tables.role_label, ("role_id", "label", "~label")),
    events.HostRegistered: Layout(tables.host_registered, ("domain_id", "owner", "biome", "host", "~host")),
    events.ClaimRevealed: Layout(
        tables.claim_revealed,
        (
            *("claim_id", "prover", "domain_id", "claim.page_key", "claim.src", "claim.opt", "claim.trace"),
            *(
                "claim.src_bytes",
                "claim.opt_bytes",
                "claim.attested_bytes",
                "claim.n",
                "claim.m",
                "claim.depth_s",
                "claim.depth_o",
            ),
            *("claim.ruleset", "claim.evidence", "bond_wei", "deadline"),
        ),
        equal=(("prover", "claim.prover"), ("domain_id", "claim.domain_id")),
    ),
    client_events.PlanSet: Layout(
        tables.plan_set,
        (
            "plan_id",
            "name",
            "~name",
            "terms.requests_per_month",
            "terms.storage_bytes",
            "terms.api_calls_per_day",
            "terms.tasks_per_month",
            "terms.generate_jobs_per_month",
            "terms.refactor_jobs_per_month",
            "terms.debug_jobs_per_month",
            "terms.deployments_per_month",
            "terms.is_open",
        ),
    ),
    client_events.PriceSet: Layout(
        tables.price_set, ("plan_id", "token", "price.month", "price.set_up", "price.overage_per_request")
    ),
    model_events.RecordStored: Layout(tables.record_stored, ("record_id", "kind", "author", "name", "~name")),
}
"""Every event that is mirrored; the compiled reader and `row` both follow these."""
