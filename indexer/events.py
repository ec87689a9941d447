"""Every event that is mirrored, as a frozen value with the fields of its ABI in their order.

Hashes are 32 bytes, addresses 20, both `bytes`; text is `bytes` too, because the chain does not promise UTF-8.
Enums (biome, fault) are their numbers. Times are UTC seconds. The names are Solidity's in snake_case, but for those
that Python reserves or that say no unit; the tests list these.
"""

from dataclasses import dataclass


class Event:
    """What one log says."""

    __slots__ = ()


# AccessManager


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """An account got a role; `delay` is its execution delay in seconds, `since` the time from which the role counts."""

    role_id: int
    account: bytes
    delay: int
    since: int
    new_member: bool


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    role_id: int
    account: bytes


@dataclass(frozen=True, slots=True)
class RoleLabel(Event):
    role_id: int
    label: bytes


@dataclass(frozen=True, slots=True)
class RoleAdminChanged(Event):
    role_id: int
    admin: int


@dataclass(frozen=True, slots=True)
class RoleGuardianChanged(Event):
    role_id: int
    guardian: int


@dataclass(frozen=True, slots=True)
class RoleGrantDelayChanged(Event):
    role_id: int
    delay: int
    since: int


@dataclass(frozen=True, slots=True)
class TargetClosed(Event):
    target: bytes
    closed: bool


@dataclass(frozen=True, slots=True)
class TargetFunctionRoleUpdated(Event):
    target: bytes
    selector: bytes
    role_id: int


@dataclass(frozen=True, slots=True)
class TargetAdminDelayUpdated(Event):
    target: bytes
    delay: int
    since: int


@dataclass(frozen=True, slots=True)
class OperationScheduled(Event):
    operation_id: bytes
    nonce: int
    schedule: int
    caller: bytes
    target: bytes
    call_data: bytes


@dataclass(frozen=True, slots=True)
class OperationExecuted(Event):
    operation_id: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class OperationCanceled(Event):
    operation_id: bytes
    nonce: int


# Any managed, pausable or EIP-712 contract


@dataclass(frozen=True, slots=True)
class AuthorityUpdated(Event):
    authority: bytes


@dataclass(frozen=True, slots=True)
class Paused(Event):
    account: bytes


@dataclass(frozen=True, slots=True)
class Unpaused(Event):
    account: bytes


@dataclass(frozen=True, slots=True)
class Eip712DomainChanged(Event):
    pass


# DOMSpaceToken


@dataclass(frozen=True, slots=True)
class DshTransfer(Event):
    """DSH moved; from the zero address: minted, to it: burnt."""

    sender: bytes
    recipient: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class DshApproval(Event):
    owner: bytes
    spender: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class DelegateChanged(Event):
    delegator: bytes
    from_delegate: bytes
    to_delegate: bytes


@dataclass(frozen=True, slots=True)
class DelegateVotesChanged(Event):
    delegate: bytes
    previous_votes: int
    new_votes: int


@dataclass(frozen=True, slots=True)
class RewardQueued(Event):
    """A reward stands in line; `reason` is the claim's id."""

    ticket: int
    account: bytes
    reason: bytes
    amount_wei: int
    queued_end_wei: int


@dataclass(frozen=True, slots=True)
class RewardPaid(Event):
    ticket: int
    account: bytes
    amount_wei: int


# OptimizationRegistry


@dataclass(frozen=True, slots=True)
class HostRegistered(Event):
    domain_id: bytes
    owner: bytes
    biome: int
    host: bytes


@dataclass(frozen=True, slots=True)
class SavingRecorded(Event):
    """A paid saving; `verified_bytes` and `reputation` are the harvester's after it."""

    harvester: bytes
    domain_id: bytes
    claim_id: bytes
    saved_bytes: int
    verified_bytes: int
    reputation: int


@dataclass(frozen=True, slots=True)
class ReputationSlashed(Event):
    harvester: bytes
    claim_id: bytes
    claimed_bytes: int
    reputation: int


# ProofOfOptimization


@dataclass(frozen=True, slots=True)
class Claim:
    """What a prover says about one page; see contracts/interfaces/IProofOfOptimization.sol."""

    prover: bytes
    page_key: bytes
    domain_id: bytes
    src: bytes
    opt: bytes
    trace: bytes
    src_bytes: int
    opt_bytes: int
    attested_bytes: int
    n: int
    m: int
    depth_s: int
    depth_o: int
    ruleset: int
    evidence: bytes


@dataclass(frozen=True, slots=True)
class ClaimCommitted(Event):
    commitment: bytes
    sender: bytes


@dataclass(frozen=True, slots=True)
class ClaimRevealed(Event):
    claim_id: bytes
    prover: bytes
    domain_id: bytes
    claim: Claim
    bond_wei: int
    deadline: int


@dataclass(frozen=True, slots=True)
class ClaimAttested(Event):
    claim_id: bytes
    verifier: bytes
    bits: int
    observed_at: int


@dataclass(frozen=True, slots=True)
class ClaimSlashed(Event):
    claim_id: bytes
    challenger: bytes
    fault: int
    bounty_wei: int
    burnt_wei: int


@dataclass(frozen=True, slots=True)
class ClaimFinalized(Event):
    claim_id: bytes
    prover: bytes
    domain_id: bytes
    saved_bytes: int
    reward_wei: int
    votes: int


@dataclass(frozen=True, slots=True)
class ClaimExpired(Event):
    claim_id: bytes
    prover: bytes
    bond_wei: int


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    account: bytes
    token: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class VerifierSet(Event):
    verifier: bytes
    is_verifier: bool


@dataclass(frozen=True, slots=True)
class ParametersSet(Event):
    window_seconds: int
    quorum: int
    minimum_bond_wei: int
    dsh_price_wei: int


@dataclass(frozen=True, slots=True)
class RulesetAdded(Event):
    """Claims may name `ruleset` from now on; the contract `rules` decides what it allows."""

    ruleset: int
    rules: bytes


# VirtualLandNFT


@dataclass(frozen=True, slots=True)
class LandMinted(Event):
    token_id: int
    harvester: bytes
    biome: int
    level: int
    area_m2: int


@dataclass(frozen=True, slots=True)
class LandTransfer(Event):
    """A parcel changed hands; from the zero address: minted."""

    sender: bytes
    recipient: bytes
    token_id: int


@dataclass(frozen=True, slots=True)
class LandApproval(Event):
    owner: bytes
    approved: bytes
    token_id: int


@dataclass(frozen=True, slots=True)
class LandApprovalForAll(Event):
    owner: bytes
    operator: bytes
    approved: bool
