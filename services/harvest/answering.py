"""A prover's process: answers demands for the data of its own claims, so that none is slashed for silence."""

from __future__ import annotations

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.errors import BlobError, TransactionRefused
from services.harvest.answer import answer_call
from services.harvest.demands import open_demands
from services.harvest.evidence import fetch_evidence
from services.harvest.openings import Openings
from services.harvest.submit import Submitted
from services.worker.outcome import Outcome

log = structlog.get_logger("answerer")


class AnswerNode:
    """Answers for the claims of one prover, with any key that has gas: the fee is the prover's, whoever answers."""

    def __init__(self, chain: Chain, store: BlobStore, key: LocalAccount, prover: str) -> None:
        self._chain = chain
        self._store = store
        self._key = key
        self._prover = prover

    def handle(self, submitted: Submitted) -> Outcome:
        """SOON while the claim is pending: a demand can come until its window closes."""
        claim_id = submitted.claim_id
        if submitted.claim.prover != self._prover:
            return Outcome.DONE
        proofs = self._chain["ProofOfOptimization"]
        if self._chain.view(proofs.functions.statusOf(claim_id), "status") != Status.PENDING:
            return Outcome.DONE
        demands = open_demands(self._chain, submitted)
        if not demands:
            return Outcome.SOON
        try:
            evidence = fetch_evidence(self._store, digest_to_cid(submitted.claim.evidence))
        except BlobError as error:
            log.error("own evidence is not to be had", claim_id=claim_id.hex(), reason=str(error))
            return Outcome.LATER
        openings = Openings(evidence)
        for demand in demands:
            call = answer_call(proofs.functions, submitted.claim, openings, demand.place)
            try:
                self._chain.send(self._key, call, "answer")
            except TransactionRefused as error:
                log.warning("answer refused", claim_id=claim_id.hex(), place=str(demand.place), reason=error.reason)
                continue
            log.info("answered", claim_id=claim_id.hex(), place=str(demand.place), fee_wei=demand.fee_wei)
        return Outcome.SOON
