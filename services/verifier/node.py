"""A verifier process: for every pending claim it fetches the bundle, checks it, and brings its votes."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.verifier.cast import cast, required_bits, voters
from services.verifier.check import bits_of
from services.verifier.examine import Examiner
from services.verifier.journal import Journal
from services.worker.outcome import Outcome

log = structlog.get_logger("verifier")


class VerifierNode:
    """Votes with its keys, each at most once a claim, for what it checked and nothing else."""

    def __init__(
        self, chain: Chain, store: BlobStore, keys: Sequence[LocalAccount], examiner: Examiner, journal: Journal
    ) -> None:
        self._chain = chain
        self._store = store
        self._keys = keys
        self._examiner = examiner
        self._journal = journal

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE unless the evidence is not to be had, a check could not be made, or the votes were refused, for now."""
        claim, claim_id = submitted.claim, submitted.claim_id
        cid = digest_to_cid(claim.evidence)
        proofs = self._chain["ProofOfOptimization"]
        if self._chain.view(proofs.functions.statusOf(claim_id), "status") != Status.PENDING:
            return Outcome.DONE
        voted = voters(self._chain, submitted)
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
        seconds_left = submitted.deadline - max(self._chain.time(), time.time())
        checks = self._examiner.examine(claim, evidence, seconds_left)
        for check in checks:
            if check.passed is False:
                log.warning("no vote", claim_id=claim_id.hex(), check=check.name, words=check.words)
                return Outcome.DONE
        bits, required = bits_of(checks), required_bits(self._chain)
        if bits & required != required:
            # A node's first vote is its only one: one that does not count yet is not wasted.
            unknown = {check.name: check.words for check in checks if check.passed is None}
            log.warning("not enough for a vote yet", claim_id=claim_id.hex(), bits=bits, required=required, **unknown)
            return Outcome.LATER
        try:
            cast(self._chain, submitted, waiting, bits, self._journal)
        except TransactionRefused as error:
            log.warning("votes refused", claim_id=claim_id.hex(), reason=error.reason)
            return Outcome.LATER
        log.info("attested", claim_id=claim_id.hex(), votes=len(waiting), bits=bits)
        return Outcome.DONE
