"""Events of the claim game: challengers, demands, streams, stakes, domain votes. Same shape as in `indexer.events`."""

from dataclasses import dataclass

from indexer.events import Event

__all__ = [
    "AnswerSecondsSet",
    "AttestedPercentSet",
    "BondBurnt",
    "BountyShared",
    "CanaryOpened",
    "CanaryRegistered",
    "ChallengeCommitted",
    "ChallengeRevealed",
    "DemandAnswered",
    "DemandMade",
    "DemandReclaimed",
    "DemandTimedOut",
    "DomainConfirmed",
    "DomainVoted",
    "FeesRecorded",
    "Leaving",
    "MinimumStakeSet",
    "QuotaSet",
    "RewardCollected",
    "RewardGranted",
    "ServedConfirmed",
    "StakeReleased",
    "StakeWithdrawn",
    "Staked",
    "VerifierSlashed",
]


# Events of ProofOfOptimization about challengers: who committed to a proof, who shared a bounty, what was burnt.


@dataclass(frozen=True, slots=True)
class ChallengeCommitted(Event):
    commitment: bytes
    challenger: bytes


@dataclass(frozen=True, slots=True)
class ChallengeRevealed(Event):
    """A challenger showed what it had committed before the claim was slashed."""

    claim_id: bytes
    challenger: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class BountyShared(Event):
    claim_id: bytes
    challenger: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class BondBurnt(Event):
    claim_id: bytes
    amount_wei: int


# Events of ProofOfOptimization about demands for a claim's data.


@dataclass(frozen=True, slots=True)
class DemandMade(Event):
    """Somebody misses a leaf or node of a claim; `deadline` is in UTC seconds."""

    claim_id: bytes
    demander: bytes
    part: int
    height: int
    index: int
    fee_wei: int
    deadline: int


@dataclass(frozen=True, slots=True)
class DemandAnswered(Event):
    """The opening is in the calldata of this transaction."""

    claim_id: bytes
    part: int
    height: int
    index: int
    fee_wei: int


@dataclass(frozen=True, slots=True)
class DemandTimedOut(Event):
    claim_id: bytes
    demander: bytes
    part: int
    height: int
    index: int


@dataclass(frozen=True, slots=True)
class DemandReclaimed(Event):
    claim_id: bytes
    demander: bytes
    part: int
    height: int
    index: int


# Events of RewardStreams, and of OptimizationRegistry about what a domain may earn.


@dataclass(frozen=True, slots=True)
class ServedConfirmed(Event):
    """A quorum saw the optimized page served; `covered_until` is running time."""

    claim_id: bytes
    covered_until: int
    votes: int


@dataclass(frozen=True, slots=True)
class RewardCollected(Event):
    """Part of a reward was put in line; `collected_wei` is all of the claim's so far."""

    claim_id: bytes
    prover: bytes
    domain_id: bytes
    amount_wei: int
    collected_wei: int


@dataclass(frozen=True, slots=True)
class FeesRecorded(Event):
    domain_id: bytes
    payer: bytes
    epoch: int
    amount_wei: int


@dataclass(frozen=True, slots=True)
class RewardGranted(Event):
    domain_id: bytes
    epoch: int
    amount_wei: int


@dataclass(frozen=True, slots=True)
class QuotaSet(Event):
    """Domain zero: all domains without a quota of their own."""

    domain_id: bytes
    quota_wei: int


# Events of VerifierStakes: stakes of verifier nodes, canaries, and who lost a stake.


@dataclass(frozen=True, slots=True)
class Staked(Event):
    verifier: bytes
    payer: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class Leaving(Event):
    """The seat is given up; the stake is free from `free_at` on."""

    verifier: bytes
    free_at: int


@dataclass(frozen=True, slots=True)
class StakeReleased(Event):
    verifier: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class VerifierSlashed(Event):
    verifier: bytes
    reporter: bytes
    offence: bytes
    bounty_wei: int
    burnt_wei: int


@dataclass(frozen=True, slots=True)
class CanaryRegistered(Event):
    commitment: bytes


@dataclass(frozen=True, slots=True)
class CanaryOpened(Event):
    claim_id: bytes
    commitment: bytes
    verifier: bytes


@dataclass(frozen=True, slots=True)
class MinimumStakeSet(Event):
    minimum_stake_wei: int


@dataclass(frozen=True, slots=True)
class StakeWithdrawn(Event):
    """Money left VerifierStakes; its ABI calls this Withdrawn."""

    account: bytes
    token: bytes
    amount_wei: int


# Events of DomainControl: votes on who controls a domain.


@dataclass(frozen=True, slots=True)
class DomainVoted(Event):
    domain_id: bytes
    owner: bytes
    verifier: bytes
    biome: int
    nonce: int
    is_seen: bool


@dataclass(frozen=True, slots=True)
class DomainConfirmed(Event):
    domain_id: bytes
    owner: bytes
    biome: int
    nonce: int
    votes: int


# Events of ProofOfOptimization: figures that governance sets besides those of `parameters_set`.


@dataclass(frozen=True, slots=True)
class AnswerSecondsSet(Event):
    answer_seconds: int


@dataclass(frozen=True, slots=True)
class AttestedPercentSet(Event):
    """How much of the bytes counts that attested rules of a rule set saved."""

    ruleset: int
    percent: int
