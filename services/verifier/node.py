"""A verifier process: for every pending claim it fetches the bundle, recomputes the roots and brings its votes."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.verifier.attest import DATA_RECOMPUTED, sign_vote
from services.verifier.recompute import recompute
from services.worker.outcome import Outcome

log = structlog.get_logger("verifier")


class VerifierNode:
    """Votes with its keys, each at most once a claim. A claim with a fault, or without evidence, gets no vote."""

    def __init__(self, chain: Chain, store: BlobStore, keys: Sequence[LocalAccount]) -> None:
        self._chain = chain
        self._store = store
        self._keys = keys

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE unless the evidence is not to be had, or the chain would not take the votes, for now."""
        claim, claim_id = submitted.claim, submitted.claim_id
        cid = digest_to_cid(claim.evidence)
        proofs = self._chain["ProofOfOptimization"]
        if self._chain.view(proofs.functions.statusOf(claim_id), "status") != Status.PENDING:
            return Outcome.DONE
        voted = self._voted(submitted)
        waiting = [key for key in self._keys if key.address not in voted]
        if not waiting:
            return Outcome.DONE
        try:
            evidence = fetch_evidence(self._store, cid)
        except BlobError as error:
            log.warning("evidence not available", claim_id=claim_id.hex(), cid=cid, reason=str(error))
            return Outcome.LATER
        except EvidenceError as error:
            log.warning("evidence malformed: no vote", claim_id=claim_id.hex(), cid=cid, reason=str(error))
            return Outcome.DONE
        finding = recompute(claim, evidence)
        if finding is not None:
            log.warning(
                "claim is wrong: no vote", claim_id=claim_id.hex(), fault=finding.fault.name, words=finding.words
            )
            return Outcome.DONE
        observed_at = self._chain.time()
        votes = [sign_vote(self._chain, key, claim_id, DATA_RECOMPUTED, observed_at) for key in waiting]
        try:
            self._chain.send(
                waiting[0],
                proofs.functions.attest(
                    claim.as_tuple(),
                    [vote.bits for vote in votes],
                    [vote.observed_at for vote in votes],
                    [vote.verifier for vote in votes],
                    [vote.signature for vote in votes],
                ),
                "attest",
            )
        except TransactionRefused as error:
            log.warning("votes refused", claim_id=claim_id.hex(), reason=error.reason)
            return Outcome.LATER
        log.info("attested", claim_id=claim_id.hex(), votes=len(votes))
        return Outcome.DONE

    def _voted(self, submitted: Submitted) -> set[str]:
        event = self._chain["ProofOfOptimization"].events.ClaimAttested()
        only = {"claimId": submitted.claim_id}
        logs = event.get_logs(from_block=submitted.block, argument_filters=only)
        return {entry["args"]["verifier"] for entry in logs}
