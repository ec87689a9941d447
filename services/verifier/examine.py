"""All that a verifier node looks at before it votes, cheapest first; what is refuted is looked at no further."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from optimizer.fetch import FetchLimits
from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.check import Check
from services.verifier.recomputed import check_recomputed
from services.verifier.rendered import RENDER_SECONDS, check_rendered, too_late
from services.verifier.served import check_served


@dataclass(frozen=True, slots=True)
class Examiner:
    """What this node can look at: nothing is fetched without `fetching`, no browser is started without `rendering`."""

    fetching: FetchLimits | None
    rendering: bool

    def examine(self, claim: Claim, evidence: Evidence, seconds_left: float = inf) -> tuple[Check, ...]:
        """The checks that were made, in their order; none is begun that could outlast what is left of the window."""
        checks = [check_recomputed(claim, evidence)]
        if checks[-1].passed and self.fetching is not None:
            checks.append(check_served(claim, evidence, self.fetching))
        if checks[-1].passed is not False and self.rendering:
            is_in_time = seconds_left >= RENDER_SECONDS
            checks.append(check_rendered(evidence) if is_in_time else too_late(seconds_left))
        return tuple(checks)
