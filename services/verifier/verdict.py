"""What becomes of a claim when everything about it is recomputed: honest, false, or not to be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import islice

from services.chain.claim import Claim
from services.harvest.evidence import Evidence
from services.verifier.finding import Fault, Finding
from services.verifier.recompute import findings


class Standing(Enum):
    """HONEST: every root and figure recomputes. FALSE: a fault is shown. UNPROVEN: the evidence is not the claim's."""

    HONEST = "honest"
    FALSE = "false"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A standing with what was found; HONEST has no findings, the others at least one."""

    standing: Standing
    findings: tuple[Finding, ...]


def judge(claim: Claim, evidence: Evidence, most: int = 20) -> Verdict:
    """The verdict on a claim by its evidence, with at most so many findings, in the order in which they were found."""
    found = tuple(islice(findings(claim, evidence), most))
    if not found:
        return Verdict(Standing.HONEST, ())
    if all(finding.fault is Fault.EVIDENCE for finding in found):
        return Verdict(Standing.UNPROVEN, found)
    return Verdict(Standing.FALSE, found)
