"""A verifier's third duty: it looks for the tokens of hosts that somebody claims to own, votes, and confirms."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import structlog
from eth_account.signers.local import LocalAccount

from core_ext import keccak256
from services.chain import Chain
from services.domains.request import Request
from services.domains.sight import Look
from services.domains.vote import cast_domain, token_of
from services.errors import TransactionRefused
from services.worker.outcome import Outcome

log = structlog.get_logger("domains")


class DomainNode:
    """Votes with its keys on requests that another verifier has voted for, each once, as it sees it from here."""

    def __init__(self, chain: Chain, keys: Sequence[LocalAccount], look: Look) -> None:
        self._chain = chain
        self._keys = keys
        self._look = look

    def handle(self, request: Request) -> Outcome:
        """DONE when the host was confirmed, for whomever: the request is over then."""
        domain_id = keccak256(request.host.encode())
        if self._view("nonceOf", domain_id) != request.nonce:
            return Outcome.DONE
        keys = self._unvoted(request, domain_id)
        if keys and not self._vote(request, keys):
            return Outcome.LATER
        return self._confirm(request)

    def _vote(self, request: Request, keys: Sequence[LocalAccount]) -> bool:
        sight = self._look.at(request.host, token_of(self._chain, request.host, request.owner))
        if sight.is_seen is None:
            log.warning("no vote", host=request.host, words=sight.words)
            return False
        try:
            cast_domain(self._chain, request, keys, sight.is_seen)
        except TransactionRefused as error:
            log.warning("votes refused", host=request.host, reason=error.reason)
            return False
        log.info("voted", host=request.host, owner=request.owner, is_seen=sight.is_seen, votes=len(keys))
        return True

    def _confirm(self, request: Request) -> Outcome:
        """Registers the host when enough have seen the token and nobody may dissent any more."""
        words = (request.host, request.owner, int(request.biome))
        seen, dissent, opened_at = self._view("votesOf", *words)
        if seen < self._view("PERSPECTIVES") or dissent > self._view("MAXIMUM_DISSENT"):
            return Outcome.LATER
        # Our clock too: a development chain tells no time until somebody sends a transaction.
        if max(self._chain.time(), time.time()) < opened_at + self._view("DISSENT_SECONDS"):
            return Outcome.SOON
        try:
            self._chain.send(self._keys[0], self._chain["DomainControl"].functions.confirm(*words), "confirm")
        except TransactionRefused as error:
            log.debug("not yet", host=request.host, reason=error.reason)
            return Outcome.LATER
        log.info("confirmed", host=request.host, owner=request.owner, biome=request.biome.name)
        return Outcome.DONE

    def _unvoted(self, request: Request, domain_id: bytes) -> list[LocalAccount]:
        """The keys that are seated and have not voted yet."""
        event = self._chain["DomainControl"].events.DomainVoted()
        only = {"domainId": domain_id, "owner": request.owner}
        made = (entry["args"] for entry in event.get_logs(from_block=request.block, argument_filters=only))
        voted = {each["verifier"] for each in made if (each["biome"], each["nonce"]) == (request.biome, request.nonce)}
        return [key for key in self._keys if key.address not in voted and self._is_seated(key.address)]

    def _is_seated(self, address: str) -> bool:
        proofs = self._chain["ProofOfOptimization"].functions
        return bool(self._chain.view(proofs.isVerifier(address), "isVerifier"))

    def _view(self, name: str, *arguments: Any) -> Any:
        return self._chain.view(self._chain["DomainControl"].functions[name](*arguments), name)
