"""A challenger process: checks every pending claim against its own evidence and slashes the wrong ones."""

from __future__ import annotations

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.challenger.proof import proof_call
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.verifier import recompute
from services.worker.outcome import Outcome

log = structlog.get_logger("challenger")


class ChallengerNode:
    """Proves faults with one key; what the bounty brings is withdrawn to the same key."""

    def __init__(self, chain: Chain, store: BlobStore, key: LocalAccount) -> None:
        self._chain = chain
        self._store = store
        self._key = key

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE unless the evidence is not to be had for now."""
        claim_id = submitted.claim_id
        if self._status(claim_id) is not Status.PENDING:
            return Outcome.DONE
        try:
            evidence = fetch_evidence(self._store, digest_to_cid(submitted.claim.evidence))
        except BlobError as error:
            log.warning("evidence not available", claim_id=claim_id.hex(), reason=str(error))
            return Outcome.LATER
        except EvidenceError as error:
            log.warning("evidence malformed", claim_id=claim_id.hex(), reason=str(error))
            return Outcome.DONE
        finding = recompute(submitted.claim, evidence)
        if finding is None:
            return Outcome.DONE
        call = proof_call(self._chain, submitted.claim, evidence, finding)
        if call is None:
            log.warning("fault cannot be proven on chain yet", claim_id=claim_id.hex(), words=finding.words)
            return Outcome.DONE
        try:
            self._chain.send(self._key, call, f"proof of {finding.fault.name.lower()}")
        except TransactionRefused as error:
            if self._status(claim_id) is not Status.PENDING:
                log.info("somebody else was first", claim_id=claim_id.hex())
                return Outcome.DONE
            log.error("proof refused", claim_id=claim_id.hex(), words=finding.words, reason=error.reason)
            return Outcome.DONE
        log.info("slashed", claim_id=claim_id.hex(), fault=finding.fault.name, words=finding.words)
        self._withdraw()
        return Outcome.DONE

    def _status(self, claim_id: bytes) -> Status:
        return Status(self._chain.view(self._chain["ProofOfOptimization"].functions.statusOf(claim_id), "status"))

    def _withdraw(self) -> None:
        proofs, token = self._chain["ProofOfOptimization"], self._chain["WrappedEther"]
        if self._chain.view(proofs.functions.credits(token.address, self._key.address), "credits"):
            self._chain.send(self._key, proofs.functions.withdraw(token.address, self._key.address), "withdraw")
