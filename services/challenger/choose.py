"""Which proof to send: of all that would succeed, the one that costs the least gas.

The chain is asked what each candidate costs (eth_estimateGas), so a proof is never sent that would revert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.chain import Chain, Claim
from services.challenger.proof import proof_calls
from services.errors import TransactionRefused
from services.harvest import Evidence
from services.harvest.openings import Openings
from services.verifier import Fault, Finding

# A lie shows in many places at once; all proofs of one kind cost about the same, so a few of each are asked for.
MOST_OF_A_KIND = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proof that was asked for: its gas, or why the contract would refuse it."""

    finding: Finding
    call: Any
    gas: int | None
    refusal: str = ""


def candidates(
    chain: Chain, sender: str, claim: Claim, evidence: Evidence, found: Iterable[Finding]
) -> list[Candidate]:
    """Each proof that the findings allow, asked of the chain as `sender`; the cheapest that succeeds is first."""
    asked: list[Candidate] = []
    functions, openings = chain["ProofOfOptimization"].functions, Openings(evidence)
    for finding in a_few_of_each(found):
        for call in proof_calls(functions, claim, openings, finding):
            try:
                asked.append(Candidate(finding, call, chain.estimate(sender, call, f"proof of {finding.fault.name}")))
            except TransactionRefused as error:
                asked.append(Candidate(finding, call, None, error.reason))
    return sorted(asked, key=lambda each: (each.gas is None, each.gas or 0))


def a_few_of_each(found: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings of each kind."""
    of_a_kind: dict[Fault, int] = {}
    for finding in found:
        of_a_kind[finding.fault] = of_a_kind.get(finding.fault, 0) + 1
        if of_a_kind[finding.fault] <= MOST_OF_A_KIND:
            yield finding
