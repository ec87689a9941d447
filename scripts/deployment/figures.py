"""The economy's figures that a deployment sets: plans with their prices, what nodes stake, what mining pays.

They are written here once, and live on chain from then on: governance changes them there, and everybody reads them
there. What no governance changes is in the contracts (biomes in Reward.sol, types of nodes in NodeTypes.sol).
"""

from __future__ import annotations

from dataclasses import dataclass

_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan includes and what it costs, in hundredths of a whole token, whichever token is taken."""

    plan_id: int
    name: str
    requests_per_month: int
    storage_bytes: int
    api_calls_per_day: int
    tasks_per_month: int
    generate_jobs_per_month: int
    refactor_jobs_per_month: int
    debug_jobs_per_month: int
    deployments_per_month: int
    month_cents: int
    set_up_cents: int
    overage_cents: int

    def terms(self) -> tuple[int | bool, ...]:
        """In the order of `PlanTerms`; open to everybody."""
        return (
            self.requests_per_month,
            self.storage_bytes,
            self.api_calls_per_day,
            self.tasks_per_month,
            self.generate_jobs_per_month,
            self.refactor_jobs_per_month,
            self.debug_jobs_per_month,
            self.deployments_per_month,
            True,
        )

    def price(self, decimals: int) -> tuple[int, int, int]:
        """In the order of `Price`, in the smallest unit of a token; `decimals` is 2 or more."""
        unit = 10 ** (decimals - 2)
        return self.month_cents * unit, self.set_up_cents * unit, self.overage_cents * unit


PLANS = (
    Plan(1, "Starter", 1_000, _GIB, 100, 50, 0, 0, 0, 0, 29_00, 0, 5),
    Plan(2, "Professional", 10_000, 10 * _GIB, 1_000, 500, 100, 50, 25, 5, 99_00, 0, 3),
    Plan(3, "Enterprise", 100_000, 100 * _GIB, 10_000, 5_000, 1_000, 500, 250, 50, 499_00, 1_000_00, 1),
)

#: DSH wei that a node stakes for each KiB of its size.
STAKE_PER_KIB_WEI = 10**18

#: A recipe's bond, and what a point (a hundred-thousandth of a corpus' bytes) earns that nobody saved before.
MINING_BOND_WEI = 100 * 10**18
MINING_REWARD_PER_POINT_WEI = 10**16
#: Points by which a replication may differ from the score it replicates.
MINING_TOLERANCE = 500
