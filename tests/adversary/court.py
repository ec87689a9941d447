"""Bringing a lie before the contracts: the proofs that the challenger would send, asked of the real rule set.

A rule set judges by view functions alone, so thousands of lies can be tried without revealing a claim for each.
"""

from __future__ import annotations

from typing import Any

from services.blobs import folder_cid
from services.chain import Chain, Claim
from services.challenger.proof import proof_call
from services.errors import TransactionRefused
from services.harvest.build import commit_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.verifier import Finding, findings

PROVER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


class Nowhere:
    """Gives a folder its CID without keeping it: judging needs none."""

    def put(self, files: dict[str, bytes]) -> str:
        return folder_cid(files)


def claim_of(evidence: Evidence) -> Claim:
    claim, _, _ = commit_evidence(evidence, "a.example", "/", PROVER, Nowhere())  # type: ignore[arg-type]
    return claim


class Court:
    """A rule set on chain, asked as a challenger would ask it."""

    def __init__(self, chain: Chain, name: str) -> None:
        self._chain = chain
        address = chain.web3.to_checksum_address(chain.manifest.contracts[name].address)
        # The rule set has ProofOfOptimization's proofs under the same names and arguments.
        self.functions = chain.web3.eth.contract(address, abi=chain["ProofOfOptimization"].abi).functions

    def refusal(self, call: Any) -> str | None:
        """Why a proof does not succeed, or None if it does."""
        try:
            self._chain.view(call, "proof")
        except TransactionRefused as error:
            return error.reason
        return None

    def first_proof(self, claim: Claim, evidence: Evidence) -> Finding | None:
        """The first finding whose proof the contract accepts. Every proof that is built has to be accepted."""
        openings = Openings(evidence)
        for finding in findings(claim, evidence):
            call = proof_call(self.functions, claim, openings, finding)
            if call is None:
                continue
            refusal = self.refusal(call)
            assert refusal is None, f"{finding}: {refusal}"
            return finding
        return None
