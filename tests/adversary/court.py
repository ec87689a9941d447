"""Bringing a lie before the contracts: the proofs that the challenger would send, asked of the real rule set.

A rule set judges by view functions alone, so thousands of lies can be tried without revealing a claim for each.
"""

from __future__ import annotations

from typing import Any

from services.blobs import folder_cid
from services.chain import Chain, Claim
from services.challenger.proof import proof_calls
from services.errors import TransactionRefused
from services.harvest.build import commit_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.harvest.place import Part, Place
from services.verifier import Fault, Finding, findings

PROVER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


class Nowhere:
    """Gives a folder its CID without keeping it: judging needs none."""

    def put(self, files: dict[str, bytes]) -> str:
        return folder_cid(files)


def claim_of(evidence: Evidence, ruleset: int = 1) -> Claim:
    store: Any = Nowhere()
    claim, _, _ = commit_evidence(evidence, "a.example", "/", PROVER, store, ruleset)
    return claim


class Court:
    """A rule set on chain, asked as a challenger would ask it."""

    def __init__(self, chain: Chain, ruleset: int) -> None:
        self._chain = chain
        self.ruleset = ruleset
        address = chain.web3.to_checksum_address(chain.manifest.contracts[f"RuleSet{ruleset}"].address)
        # The rule set has ProofOfOptimization's proofs under the same names and arguments.
        self.functions = chain.web3.eth.contract(address, abi=chain["ProofOfOptimization"].abi).functions
        judge = chain["ProofOfOptimization"].functions.ANSWERS().call()
        self._answers = chain.web3.eth.contract(judge, abi=chain["ProofOfOptimization"].abi).functions

    def refusal(self, call: Any) -> str | None:
        """Why a proof does not succeed, or None if it does."""
        try:
            self._chain.view(call, "proof")
        except TransactionRefused as error:
            return error.reason
        return None

    def would_answer(self, claim: Claim, place: Place, opening: dict[str, Any]) -> bool:
        """Whether the contract would take an opening as the answer to a demand for a place."""
        words, leaf = claim.as_tuple(), tuple(opening.values())
        if place.part is Part.STEPS:
            answer = self._answers["answerStepNode" if place.height else "answerStep"](words, leaf)
        else:
            answer = self._answers["answerNode" if place.height else "answerToken"](words, int(place.part), leaf)
        return self.refusal(answer) is None

    def first_proof(self, claim: Claim, evidence: Evidence) -> Finding | None:
        """The first finding whose proof the contract accepts; one of a sum, token or rule has to be."""
        openings = Openings(evidence)
        for finding in findings(claim, evidence):
            refusals = [self.refusal(call) for call in proof_calls(self.functions, claim, openings, finding)]
            if None in refusals:
                return finding
            # A step's fault is looked for in several ways, and one of them may be enough of a lie to be another's.
            assert finding.fault in (Fault.STEP, Fault.NEST, Fault.EVIDENCE), f"{finding}: {refusals}"
        return None
