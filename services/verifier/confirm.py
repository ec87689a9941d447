"""A verifier's second duty: while a reward streams, it says that the page is still served light, or says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from eth_account.signers.local import LocalAccount
from web3 import Web3

from optimizer.fetch import FetchLimits
from services.blobs import BlobStore, digest_to_cid
from services.chain import Chain, Status
from services.errors import BlobError, EvidenceError, TransactionRefused
from services.harvest import Submitted, fetch_evidence
from services.verifier.board import Board
from services.verifier.serving import ServedVote, see_served, sign_served
from services.worker.outcome import Outcome

log = structlog.get_logger("confirmer")


class ConfirmNode:
    """Confirms final claims from half of the covered time on, so that a page that is served never loses a second."""

    def __init__(
        self, chain: Chain, store: BlobStore, keys: Sequence[LocalAccount], limits: FetchLimits, board: Board
    ) -> None:
        self._chain = chain
        self._store = store
        self._keys = keys
        self._limits = limits
        self._board = board
        streams = chain["RewardStreams"].functions
        self._cover_seconds = int(chain.view(streams.COVER_SECONDS(), "COVER_SECONDS"))

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE when the claim earned all it can, or will never earn; LATER while there is nothing to say yet."""
        claim_id = submitted.claim_id
        status = Status(self._view("ProofOfOptimization", "statusOf", claim_id))
        if status is Status.PENDING:
            return Outcome.SOON
        if status is not Status.FINAL:
            return Outcome.DONE
        reward_wei, earned_wei, _ = self._view("RewardStreams", "streamOf", claim_id)
        if earned_wei == reward_wei:
            return Outcome.DONE
        covered_until = self._view("RewardStreams", "coveredUntilOf", claim_id)
        left = covered_until - self._view("ProofOfOptimization", "runningTime")
        if left > self._cover_seconds // 2:
            return Outcome.LATER
        self._vote(submitted)
        self._bring(submitted)
        return Outcome.LATER

    def _vote(self, submitted: Submitted) -> None:
        """Leaves the word of each key on the board, unless what it said last is fresh enough."""
        claim_id, now = submitted.claim_id, self._chain.time()
        fresh = {vote.verifier for vote in self._board.votes(claim_id, now - self._cover_seconds // 4)}
        keys = [key for key in self._keys if key.address not in fresh and self._is_seated(key.address)]
        if not keys:
            return
        try:
            evidence = fetch_evidence(self._store, digest_to_cid(submitted.claim.evidence))
        except (BlobError, EvidenceError) as error:
            log.warning("evidence not available", claim_id=claim_id.hex(), reason=str(error))
            return
        sight = see_served(submitted.claim, evidence, self._limits)
        if sight.served_bytes is None or sight.served_bytes > submitted.claim.opt_bytes:
            log.warning("not confirmed", claim_id=claim_id.hex(), words=sight.words)
            return
        for key in keys:
            self._board.put(sign_served(self._chain, key, claim_id, sight.served_bytes, now))

    def _bring(self, submitted: Submitted) -> None:
        """Sends what lies on the board, if that is a quorum."""
        claim_id = submitted.claim_id
        # A vote that grows too old on its way would make the whole call fail.
        oldest = self._chain.time() - self._cover_seconds // 2
        votes = [
            vote
            for vote in self._board.votes(claim_id, oldest)
            if self._is_seated(vote.verifier) and vote.served_bytes <= submitted.claim.opt_bytes
        ]
        quorum = self._view("ProofOfOptimization", "quorum")
        if len(votes) < quorum:
            log.info("waiting for other verifiers", claim_id=claim_id.hex(), votes=len(votes), quorum=quorum)
            return
        try:
            self._chain.send(self._keys[0], self._call(submitted, votes), "confirmServed")
        except TransactionRefused as error:
            log.warning("confirmation refused", claim_id=claim_id.hex(), reason=error.reason)
            return
        log.info("confirmed", claim_id=claim_id.hex(), votes=len(votes), served_bytes=votes[0].served_bytes)

    def _call(self, submitted: Submitted, votes: Sequence[ServedVote]) -> Any:
        return self._chain["RewardStreams"].functions.confirmServed(
            submitted.claim.as_tuple(),
            [vote.served_bytes for vote in votes],
            [vote.observed_at for vote in votes],
            [Web3.to_checksum_address(vote.verifier) for vote in votes],
            [vote.signature for vote in votes],
        )

    def _is_seated(self, address: str) -> bool:
        return Web3.is_address(address) and bool(
            self._view("ProofOfOptimization", "isVerifier", Web3.to_checksum_address(address))
        )

    def _view(self, contract: str, name: str, *arguments: Any) -> Any:
        return self._chain.view(self._chain[contract].functions[name](*arguments), name)
