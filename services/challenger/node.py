"""A challenger process: checks every pending claim against its own evidence and slashes the wrong ones."""

from __future__ import annotations

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.challenger.choose import candidates
from services.challenger.slash import slash
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.verifier import findings
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
        claim, claim_id = submitted.claim, submitted.claim_id
        if self._status(claim_id) is not Status.PENDING:
            return Outcome.DONE
        try:
            evidence = fetch_evidence(self._store, digest_to_cid(claim.evidence))
        except BlobError as error:
            log.warning("evidence not available", claim_id=claim_id.hex(), reason=str(error))
            return Outcome.LATER
        except EvidenceError as error:
            log.warning("evidence malformed", claim_id=claim_id.hex(), reason=str(error))
            return Outcome.DONE
        found = list(findings(claim, evidence))
        if not found:
            return Outcome.DONE
        asked = candidates(self._chain, self._key.address, claim, evidence, found)
        if not asked or asked[0].gas is None:
            if self._status(claim_id) is not Status.PENDING:
                log.info("somebody else was first", claim_id=claim_id.hex())
                return Outcome.DONE
            refused = [each.refusal for each in asked]
            log.error("wrong, but no proof succeeds", claim_id=claim_id.hex(), words=found[0].words, refused=refused)
            return Outcome.DONE
        best = asked[0]
        try:
            bounty_wei = slash(self._chain, self._key, submitted, best)
        except TransactionRefused as error:
            if self._status(claim_id) is not Status.PENDING:
                log.info("somebody else was first", claim_id=claim_id.hex())
                return Outcome.DONE
            log.error("proof refused", claim_id=claim_id.hex(), words=best.finding.words, reason=error.reason)
            return Outcome.LATER
        log.info(
            "slashed",
            claim_id=claim_id.hex(),
            fault=best.finding.fault.name,
            words=best.finding.words,
            gas=best.gas,
            bounty_wei=bounty_wei,
        )
        return Outcome.DONE

    def _status(self, claim_id: bytes) -> Status:
        return Status(self._chain.view(self._chain["ProofOfOptimization"].functions.statusOf(claim_id), "status"))
