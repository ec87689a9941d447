"""Whether a claim's evidence gives its roots and figures: the check that every vote rests on."""

from __future__ import annotations

from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.check import DATA_RECOMPUTED, Check
from services.verifier.recompute import recompute


def check_recomputed(claim: Claim, evidence: Evidence) -> Check:
    """False with the first fault in words."""
    finding = recompute(claim, evidence)
    if finding is not None:
        return Check("recomputed", DATA_RECOMPUTED, False, finding.words)
    return Check("recomputed", DATA_RECOMPUTED, True, f"{claim.n} tokens, three roots and all figures recompute")
