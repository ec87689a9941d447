"""All that a verifier node looks at before it votes, cheapest first; what is refuted is looked at no further."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.fetch import FetchLimits
from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.check import Check
from services.verifier.recomputed import check_recomputed
from services.verifier.rendered import check_rendered
from services.verifier.served import check_served


@dataclass(frozen=True, slots=True)
class Examiner:
    """What this node can look at: nothing is fetched without `fetching`, no browser is started without `rendering`."""

    fetching: FetchLimits | None
    rendering: bool

    def examine(self, claim: Claim, evidence: Evidence) -> tuple[Check, ...]:
        """The checks that were made, in their order."""
        checks = [check_recomputed(claim, evidence)]
        if checks[-1].passed and self.fetching is not None:
            checks.append(check_served(claim, evidence, self.fetching))
        if checks[-1].passed is not False and self.rendering:
            checks.append(check_rendered(evidence))
        return tuple(checks)
