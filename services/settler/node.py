"""A settler process: finalizes or expires claims after their window, pays what they earned, shares bounties."""

from __future__ import annotations

import time

import structlog
from eth_account.signers.local import LocalAccount

from services.chain import Chain, Status
from services.errors import TransactionRefused
from services.harvest import Submitted
from services.worker.outcome import Outcome

log = structlog.get_logger("settler")
# What streams is collected a part at a time: a transaction for every second would cost more than it brings.
LEAST_PARTS = 40


class SettlerNode:
    """Pays gas for calls that help others; it can neither judge nor redirect a reward."""

    def __init__(self, chain: Chain, key: LocalAccount) -> None:
        self._chain = chain
        self._key = key

    def handle(self, submitted: Submitted) -> Outcome:
        """DONE when the claim is decided and what was due then is paid out, SOON until then."""
        proofs = self._chain["ProofOfOptimization"]
        status = Status(self._chain.view(proofs.functions.statusOf(submitted.claim_id), "status"))
        if status is Status.PENDING:
            self._decide(submitted)
            return Outcome.SOON
        if status is Status.FINAL:
            return self._pay(submitted)
        if status is Status.SLASHED:
            return self._share(submitted)
        return Outcome.DONE

    def _decide(self, submitted: Submitted) -> None:
        # Asked by a dry run rather than by our own arithmetic: the contract knows pauses, votes and the clock.
        proofs = self._chain["ProofOfOptimization"]
        # Our clock too: a development chain makes no block, so tells no time, until somebody sends a transaction.
        if max(self._chain.time(), time.time()) < submitted.deadline:
            return
        for name in ("finalize", "expire"):
            try:
                self._chain.send(self._key, getattr(proofs.functions, name)(submitted.claim.as_tuple()), name)
            except TransactionRefused as error:
                log.debug("not yet", claim_id=submitted.claim_id.hex(), call=name, reason=error.reason)
                continue
            log.info(f"{name}d", claim_id=submitted.claim_id.hex())
            return

    def _share(self, submitted: Submitted) -> Outcome:
        """Shares the bounty of a slashed claim among its challengers, once none can come any more."""
        proofs = self._chain["ProofOfOptimization"].functions
        opener, _, deadline = self._chain.view(proofs.bountyOf(submitted.claim_id), "bountyOf")
        if int(opener, 16) == 0:
            return Outcome.DONE
        if max(self._chain.time(), time.time()) < deadline:
            return Outcome.SOON
        try:
            self._chain.send(self._key, proofs.settleBounty(submitted.claim.as_tuple()), "settleBounty")
        except TransactionRefused as error:
            log.debug("not yet", claim_id=submitted.claim_id.hex(), call="settleBounty", reason=error.reason)
            return Outcome.SOON
        log.info("bounty shared", claim_id=submitted.claim_id.hex())
        return Outcome.DONE

    def _pay(self, submitted: Submitted) -> Outcome:
        """Collects what is due, pays the claim's tickets, mints the land it completed and returns the bond.

        SOON while the budget is short; LATER while more of the reward streams, of which each fortieth is collected.
        """
        proofs, dsh, land = (self._chain[name] for name in ("ProofOfOptimization", "DOMSpaceToken", "VirtualLandNFT"))
        streams = self._chain["RewardStreams"].functions
        prover, first = submitted.claim.prover, submitted.block
        reward_wei, earned_wei, collected_wei = self._chain.view(streams.streamOf(submitted.claim_id), "streamOf")
        is_over = earned_wei == reward_wei
        if collected_wei < earned_wei and (is_over or earned_wei - collected_wei >= reward_wei // LEAST_PARTS):
            try:
                self._chain.send(self._key, streams.collect(submitted.claim.as_tuple()), "collect")
            except TransactionRefused as error:
                log.debug("nothing to collect", claim_id=submitted.claim_id.hex(), reason=error.reason)
        tickets = dsh.events.RewardQueued().get_logs(from_block=first, argument_filters={"reason": submitted.claim_id})
        for ticket in (log_["args"]["ticket"] for log_ in tickets):
            if dsh.events.RewardPaid().get_logs(from_block=first, argument_filters={"ticket": ticket}):
                continue
            try:
                self._chain.send(self._key, dsh.functions.payReward(ticket), "payReward")
            except TransactionRefused as error:
                log.debug("reward waits in line", ticket=ticket, reason=error.reason)
                return Outcome.SOON
            log.info("reward paid", ticket=ticket, prover=prover)
        while self._chain.view(land.functions.earnedOf(prover), "earned") > self._chain.view(
            land.functions.mintedOf(prover), "minted"
        ):
            self._chain.send(self._key, land.functions.mintEarned(prover), "mintEarned")
            log.info("land minted", harvester=prover)
        bond_token = self._chain["WrappedEther"].address
        if self._chain.view(proofs.functions.credits(bond_token, prover), "credits"):
            self._chain.send(self._key, proofs.functions.withdraw(bond_token, prover), "withdraw")
        return Outcome.DONE if is_over else Outcome.LATER
