"""Making a claim show what its bundle does not: demands within a budget, timeouts, and the proof that comes of it."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

import structlog
from eth_account.signers.local import LocalAccount

from core_ext import keccak256
from services.chain import Chain, Claim
from services.challenger.bisect import Missing, Shown, Uneven, patched, walk
from services.errors import TransactionRefused
from services.harvest import Submitted
from services.harvest.demands import answers, open_demands
from services.harvest.evidence import Evidence
from services.harvest.openings import Openings
from services.harvest.place import Part, Place

log = structlog.get_logger("challenger")


# Half a bond's worth, and more than any walk down a tree of a real page takes.
MOST_DEMANDS = 32


@dataclass(frozen=True, slots=True)
class Learned:
    """What the answers gave: a bundle that hashes to the claim's roots, or a call that is a proof by itself."""

    evidence: Evidence | None = None
    proof: Any | None = None


class Demanding:
    """Demands with one key, at most `most` a claim. Each costs a 64th of the bond, which a timeout gives back."""

    def __init__(self, chain: Chain, key: LocalAccount, most: int) -> None:
        self._chain = chain
        self._key = key
        self._most = most

    def learn(self, submitted: Submitted, evidence: Evidence) -> Learned:
        """Goes on where the answers have led so far; empty while an answer is waited for or the budget is spent."""
        answered, functions = answers(self._chain, submitted), self._chain["ProofOfOptimization"].functions
        shown: list[Shown] = []
        for step in walk(submitted.claim, evidence, answered):
            if isinstance(step, Uneven):
                return Learned(proof=uneven_proof(functions, submitted.claim, step))
            if isinstance(step, Missing):
                self.demand(submitted, step.place)
                return Learned()
            if is_beyond(submitted.claim, step.place):
                return Learned(proof=beyond_proof(functions, submitted.claim, step))
            shown.append(step)
        torn = [each for each in shown if each.place.part is not Part.STEPS and is_torn(each.opening)]
        whole = patched(evidence, [each for each in shown if each not in torn])
        if torn:
            return Learned(proof=torn_proof(functions, submitted.claim, whole, torn[0]))
        return Learned(evidence=whole)

    def probe(self, submitted: Submitted) -> None:
        """Asks for any leaf of a claim whose bundle nobody serves: silence slashes it."""
        if not self._made(submitted):
            self.demand(submitted, Place(Part.SOURCE, 0, random.randrange(submitted.claim.n)))  # noqa: S311 - a sample

    def demand(self, submitted: Submitted, place: Place) -> None:
        """Demands one place, unless it is demanded already or the budget for this claim is spent."""
        claim_id = submitted.claim_id
        if any(each.place == place for each in open_demands(self._chain, submitted)):
            return
        if self._made(submitted) >= self._most:
            log.warning("budget for demands is spent", claim_id=claim_id.hex(), demands=self._most)
            return
        proofs, token = self._chain["ProofOfOptimization"], self._chain["WrappedEther"]
        fee_wei = self._chain.view(proofs.functions.feeOf(claim_id), "feeOf")
        if self._chain.view(token.functions.balanceOf(self._key.address), "balance") < fee_wei:
            self._chain.send(self._key, token.functions.deposit(), "deposit", value_wei=fee_wei)
        if self._chain.view(token.functions.allowance(self._key.address, proofs.address), "allowance") < fee_wei:
            self._chain.send(self._key, token.functions.approve(proofs.address, fee_wei * self._most), "approve")
        call = proofs.functions.demand(submitted.claim.as_tuple(), int(place.part), place.height, place.index)
        self._chain.send(self._key, call, "demand")
        log.info("demanded", claim_id=claim_id.hex(), place=str(place), fee_wei=fee_wei)

    def _made(self, submitted: Submitted) -> int:
        """Demands that this key has made on a claim, by the chain's own word."""
        event = self._chain["ProofOfOptimization"].events.DemandMade()
        mine = {"claimId": submitted.claim_id, "demander": self._key.address}
        return len(event.get_logs(from_block=submitted.block, argument_filters=mine))

    def time_out(self, submitted: Submitted) -> bool:
        """Slashes a claim that left a demand unanswered, whoever made it."""
        proofs = self._chain["ProofOfOptimization"]
        now = max(self._chain.time(), time.time())
        for each in open_demands(self._chain, submitted):
            if now < each.deadline:
                continue
            place = each.place
            call = proofs.functions.timeout(submitted.claim.as_tuple(), int(place.part), place.height, place.index)
            try:
                self._chain.send(self._key, call, "timeout")
            except TransactionRefused as error:
                log.debug("not yet", claim_id=submitted.claim_id.hex(), reason=error.reason)
                continue
            log.info("slashed for silence", claim_id=submitted.claim_id.hex(), place=str(place))
            return True
        return False


def uneven_proof(functions: Any, claim: Claim, step: Uneven) -> Any:
    """The proof against a node whose sums do not add up: the answer that opened it."""
    return functions.proveSum(claim.as_tuple(), int(step.place.part), tuple(step.opening.values()))


def torn_proof(functions: Any, claim: Claim, whole: Evidence, torn: Shown) -> Any:
    """The proof against a leaf whose size is not that of its bytes: it is no token, and what no rule gives."""
    openings, index, leaf = Openings(whole), torn.place.index, tuple(torn.opening.values())
    if torn.place.part is Part.SOURCE:
        return functions.proveToken(claim.as_tuple(), leaf, openings.step(index))
    steps = (i for i in range(len(whole.source)) if whole.step(i).emits and whole.step(i).out == index)
    source = next(steps, 0)
    return functions.proveRule(claim.as_tuple(), openings.source(source), openings.step(source), leaf)


def beyond_proof(functions: Any, claim: Claim, shown: Shown) -> Any:
    """The proof against a leaf behind the page's end that is not padding."""
    leaf = shown.opening
    if shown.place.part is Part.STEPS:
        return functions.proveStep(claim.as_tuple(), ([], [tuple(leaf.values())], [], [], []))
    words = (0, leaf["index"], leaf["kind"], leaf["size"], keccak256(leaf["data"]), bytes(32), 0, bytes(32), 0)
    opening = (*words, leaf["siblings"], leaf["sums"])
    return functions.proveSum(claim.as_tuple(), int(shown.place.part), opening)


def is_beyond(claim: Claim, place: Place) -> bool:
    """Whether a leaf is behind the last token."""
    return place.index >= (claim.m if place.part is Part.OPTIMIZED else claim.n)


def is_torn(opening: Any) -> bool:
    """Whether a leaf says another size than its bytes have."""
    return bool(opening["size"] != len(opening["data"]))
