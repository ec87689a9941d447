"""A challenger process: checks every pending claim against its own evidence and slashes the wrong ones."""

from __future__ import annotations

from typing import Any

import structlog
from eth_account.signers.local import LocalAccount

from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.challenger.choose import a_few_of_each, candidates
from services.challenger.demanding import MOST_DEMANDS, Demanding
from services.challenger.proof import proof_calls
from services.challenger.slash import reveal_proof, settle, slash
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.verifier import Fault, Finding, findings
from services.worker.outcome import Outcome

log = structlog.get_logger("challenger")


class ChallengerNode:
    """Proves faults with one key; what the bounty brings is withdrawn to the same key.

    `most_demands` bounds what it pays for data that a claim's bundle does not show, by claim: 64 cost the bond.
    """

    def __init__(self, chain: Chain, store: BlobStore, key: LocalAccount, most_demands: int = MOST_DEMANDS) -> None:
        self._chain = chain
        self._store = store
        self._key = key
        self._demanding = Demanding(chain, key, most_demands)
        # Slashed claims of whose bounty this key has its share, or has none to ask for.
        self._revealed: set[bytes] = set()

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE when nothing is wrong or the bounty is shared out, SOON until then, LATER without evidence."""
        claim_id, status = submitted.claim_id, self._status(submitted.claim_id)
        if status is Status.SLASHED:
            return self._share(submitted)
        if status is not Status.PENDING:
            return Outcome.DONE
        if self._demanding.time_out(submitted):
            return Outcome.SOON
        try:
            evidence = fetch_evidence(self._store, digest_to_cid(submitted.claim.evidence))
        except (BlobError, EvidenceError) as error:
            log.warning("no evidence to be had", claim_id=claim_id.hex(), code=error.code, reason=str(error))
            self._demanding.probe(submitted)
            return Outcome.LATER
        found = list(findings(submitted.claim, evidence))
        if not found:
            return Outcome.DONE
        if any(each.fault is not Fault.EVIDENCE for each in found):
            return self._prove(submitted, evidence, found)
        return self._learn(submitted, evidence, found[0].words)

    def _learn(self, submitted: Submitted, evidence: Evidence, words: str) -> Outcome:
        """Goes after a lie that the bundle does not show."""
        learned = self._demanding.learn(submitted, evidence)
        if learned.proof is not None:
            return self._slash(submitted, learned.proof, words)
        if learned.evidence is not None:
            found = list(findings(submitted.claim, learned.evidence))
            return self._prove(submitted, learned.evidence, found)
        return Outcome.SOON

    def _prove(self, submitted: Submitted, evidence: Evidence, found: list[Finding]) -> Outcome:
        claim, claim_id = submitted.claim, submitted.claim_id
        asked = candidates(self._chain, self._key.address, claim, evidence, found)
        if asked and asked[0].gas is not None:
            return self._slash(submitted, asked[0].call, asked[0].finding.words)
        if self._status(claim_id) is Status.SLASHED:
            return Outcome.SOON
        refused = [each.refusal for each in asked]
        log.error("wrong, but no proof succeeds", claim_id=claim_id.hex(), words=found[0].words, refused=refused)
        return Outcome.DONE

    def _slash(self, submitted: Submitted, call: Any, words: str) -> Outcome:
        claim_id = submitted.claim_id
        try:
            slash(self._chain, self._key, submitted, call)
        except TransactionRefused as error:
            if self._status(claim_id) is not Status.SLASHED:
                log.error("proof refused", claim_id=claim_id.hex(), words=words, reason=error.reason)
                return Outcome.LATER
            log.info("somebody else was first", claim_id=claim_id.hex())
            reveal_proof(self._chain, self._key, submitted, call)
        else:
            log.info("slashed", claim_id=claim_id.hex(), proof=call.fn_name, words=words)
        self._revealed.add(claim_id)
        return Outcome.SOON

    def _share(self, submitted: Submitted) -> Outcome:
        """Takes the share that is this key's, and has the bounty shared out once nobody else may reveal."""
        for call in self._unrevealed(submitted):
            if reveal_proof(self._chain, self._key, submitted, call):
                log.info("takes part in the bounty", claim_id=submitted.claim_id.hex())
                break
        return Outcome.DONE if settle(self._chain, self._key, submitted) else Outcome.SOON

    def _unrevealed(self, submitted: Submitted) -> list[Any]:
        """Proofs that this key may have committed to and not revealed, found again by recomputing."""
        proofs, claim_id = self._chain["ProofOfOptimization"], submitted.claim_id
        opener, _, _ = self._chain.view(proofs.functions.bountyOf(claim_id), "bountyOf")
        if int(opener, 16) == 0 or claim_id in self._revealed:
            return []
        self._revealed.add(claim_id)
        mine = {"challenger": self._key.address}
        if not proofs.events.ChallengeCommitted().get_logs(from_block=submitted.block, argument_filters=mine):
            return []
        evidence = fetch_evidence(self._store, digest_to_cid(submitted.claim.evidence))
        openings, found = Openings(evidence), findings(submitted.claim, evidence)
        calls = (proof_calls(proofs.functions, submitted.claim, openings, each) for each in a_few_of_each(found))
        return [call for several in calls for call in several]

    def _status(self, claim_id: bytes) -> Status:
        return Status(self._chain.view(self._chain["ProofOfOptimization"].functions.statusOf(claim_id), "status"))
