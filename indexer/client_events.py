"""Events of clients and nodes. Same shape as in `indexer.events`."""

from dataclasses import dataclass

from indexer.events import Event

__all__ = [
    "ClientDomainSet",
    "ClientResumed",
    "ClientSuspended",
    "FeesEarned",
    "FeesPassedOn",
    "JobFailed",
    "JobStarted",
    "JobVerified",
    "KeyCommitted",
    "KeyRevoked",
    "NodeBeat",
    "NodeCreated",
    "NodeOperatorSet",
    "NodePhaseSet",
    "NodeScaled",
    "NodeSlashed",
    "NodeStakeLeaving",
    "NodeStakeTaken",
    "NodesMerged",
    "OverageCharged",
    "OverageDeposited",
    "OverageLeaving",
    "OverageReturned",
    "PlanChanged",
    "PlanSet",
    "PlanTerms",
    "PlanWithdrawn",
    "Price",
    "PriceSet",
    "RoomAllocated",
    "RoomReleased",
    "StakeRateSet",
    "Subscribed",
    "SubscriptionCancelled",
    "TrialStarted",
    "UsageAnchored",
]


# PlanRegistry: plans, subscriptions, keys, usage and overage


@dataclass(frozen=True, slots=True)
class PlanTerms:
    requests_per_month: int
    storage_bytes: int
    api_calls_per_day: int
    tasks_per_month: int
    generate_jobs_per_month: int
    refactor_jobs_per_month: int
    debug_jobs_per_month: int
    deployments_per_month: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Price:
    month: int
    set_up: int
    overage_per_request: int


@dataclass(frozen=True, slots=True)
class SubscriptionCancelled(Event):
    client: bytes
    credited: int
    paid_until: int


@dataclass(frozen=True, slots=True)
class ClientDomainSet(Event):
    client: bytes
    domain_id: bytes


@dataclass(frozen=True, slots=True)
class FeesEarned(Event):
    client: bytes
    token: bytes
    domain_id: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class FeesPassedOn(Event):
    token: bytes
    domain_id: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class KeyCommitted(Event):
    client: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class KeyRevoked(Event):
    client: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class OverageCharged(Event):
    client: bytes
    month: int
    token: bytes
    overage_requests: int
    due: int
    charged: int


@dataclass(frozen=True, slots=True)
class OverageDeposited(Event):
    client: bytes
    token: bytes
    amount: int
    deposit: int


@dataclass(frozen=True, slots=True)
class OverageLeaving(Event):
    client: bytes
    token: bytes
    free_at: int


@dataclass(frozen=True, slots=True)
class OverageReturned(Event):
    client: bytes
    token: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class PlanChanged(Event):
    client: bytes
    from_plan_id: int
    to_plan_id: int
    paid: int
    credited: int
    paid_until: int


@dataclass(frozen=True, slots=True)
class PlanSet(Event):
    plan_id: int
    name: bytes
    terms: PlanTerms


@dataclass(frozen=True, slots=True)
class PriceSet(Event):
    plan_id: int
    token: bytes
    price: Price


@dataclass(frozen=True, slots=True)
class ClientResumed(Event):
    client: bytes


@dataclass(frozen=True, slots=True)
class Subscribed(Event):
    client: bytes
    plan_id: int
    token: bytes
    payer: bytes
    months: int
    paid: int
    set_up: int
    paid_until: int


@dataclass(frozen=True, slots=True)
class ClientSuspended(Event):
    client: bytes
    reason: bytes


@dataclass(frozen=True, slots=True)
class TrialStarted(Event):
    client: bytes
    plan_id: int
    trial_until: int


@dataclass(frozen=True, slots=True)
class UsageAnchored(Event):
    month: int
    root: bytes
    leaves: int


@dataclass(frozen=True, slots=True)
class PlanWithdrawn(Event):
    account: bytes
    token: bytes
    amount: int


# NodeManager: nodes, their room, their jobs and their stakes


@dataclass(frozen=True, slots=True)
class RoomAllocated(Event):
    allocation_id: int
    node_id: int
    purpose: int
    priority: int
    kib: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class NodeBeat(Event):
    node_id: int
    at: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class JobFailed(Event):
    job_id: bytes
    node_id: int


@dataclass(frozen=True, slots=True)
class JobStarted(Event):
    job_id: bytes
    node_id: int
    kib: int
    deadline: int


@dataclass(frozen=True, slots=True)
class JobVerified(Event):
    job_id: bytes
    node_id: int
    result_hash: bytes
    reward_wei: int


@dataclass(frozen=True, slots=True)
class NodeCreated(Event):
    node_id: int
    owner: bytes
    node_type: int
    operator: bytes
    kib: int
    compute: int
    stake_wei: int


@dataclass(frozen=True, slots=True)
class NodePhaseSet(Event):
    node_id: int
    phase: int


@dataclass(frozen=True, slots=True)
class NodeScaled(Event):
    node_id: int
    kib: int
    compute: int
    stake_wei: int


@dataclass(frozen=True, slots=True)
class NodeSlashed(Event):
    node_id: int
    reporter: bytes
    bounty_wei: int
    burnt_wei: int


@dataclass(frozen=True, slots=True)
class NodesMerged(Event):
    into_id: int
    from_id: int
    kib: int
    compute: int
    stake_wei: int


@dataclass(frozen=True, slots=True)
class NodeOperatorSet(Event):
    node_id: int
    operator: bytes


@dataclass(frozen=True, slots=True)
class RoomReleased(Event):
    allocation_id: int
    node_id: int
    kib: int


@dataclass(frozen=True, slots=True)
class NodeStakeLeaving(Event):
    owner: bytes
    amount_wei: int
    free_at: int


@dataclass(frozen=True, slots=True)
class StakeRateSet(Event):
    stake_per_kib_wei: int


@dataclass(frozen=True, slots=True)
class NodeStakeTaken(Event):
    owner: bytes
    amount_wei: int
