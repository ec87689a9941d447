"""Follows revealed claims on the chain itself, without a database, and hands each to a role until it is done.

On start the worker asks the chain which claims there are, from its checkpoint on or from the first block, so a kill -9
loses nothing.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from services.chain import Chain
from services.errors import ChainError, ChainUnreachable, ServiceError
from services.harvest import Submitted
from services.worker.checkpoint import Checkpoint
from services.worker.outcome import Outcome

log = structlog.get_logger("worker")
POLL_SECONDS = 0.5
RETRY_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 300.0
# Blocks that a checkpoint leaves for a reorg that happens while nobody looks.
REORG_BLOCKS = 64
# Public nodes refuse to search more at once.
SEARCHED_BLOCKS = 5_000


class Role(Protocol):
    """What a worker does with a claim."""

    def handle(self, submitted: Submitted) -> Outcome: ...


@dataclass(slots=True)
class Waiting:
    """A claim that is not done: how often it failed, and when (monotonic seconds) it may be tried again."""

    submitted: Submitted
    failures: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class Follower:
    """The claims that one role still has to deal with."""

    chain: Chain
    role: Role
    next_block: int
    waiting: dict[bytes, Waiting] = field(default_factory=dict)
    done: set[bytes] = field(default_factory=set)
    # The newest block that was looked at; if it is no longer on the chain, what was done may be undone.
    seen: tuple[int, bytes] | None = None
    checkpoint: Checkpoint | None = None

    def __post_init__(self) -> None:
        if self.checkpoint is not None:
            self.next_block = self.checkpoint.read(self.next_block)

    def step(self) -> None:
        """One look at the chain and one try at each waiting claim."""
        head, head_hash = self.chain.head()
        if self.seen is not None and self.chain.block_hash(self.seen[0]) != self.seen[1]:
            log.warning("reorg: every claim is looked at again", block=self.seen[0])
            self.waiting.clear()
            self.done.clear()
            self.next_block = self.chain.manifest.first_block
        self.seen = (head, head_hash)
        for submitted in self._revealed(head):
            if submitted.claim_id not in self.done:
                known = self.waiting.setdefault(submitted.claim_id, Waiting(submitted))
                known.submitted = submitted
        self.next_block = head + 1
        for claim_id, waiting in list(self.waiting.items()):
            if waiting.not_before <= time.monotonic() and self._try(claim_id, waiting) is Outcome.DONE:
                del self.waiting[claim_id]
                self.done.add(claim_id)
        self._remember()

    def _remember(self) -> None:
        if self.checkpoint is None:
            return
        first = self.chain.manifest.first_block
        open_blocks = [each.submitted.block for each in self.waiting.values()]
        safe = min([*open_blocks, self.next_block - REORG_BLOCKS])
        self.checkpoint.write(first, max(first, safe))

    def _try(self, claim_id: bytes, waiting: Waiting) -> Outcome:
        try:
            outcome = self.role.handle(waiting.submitted)
        except ChainUnreachable:
            raise
        except ServiceError as error:
            log.warning("claim set aside for now", claim_id=claim_id.hex(), code=error.code, reason=str(error))
            outcome = Outcome.LATER
        if outcome is Outcome.LATER:
            # One claim whose evidence hangs must not hold up all the others.
            waiting.failures += 1
            waiting.not_before = time.monotonic() + min(
                RETRY_SECONDS * 2 ** (waiting.failures - 1), LONGEST_WAIT_SECONDS
            )
        return outcome

    def run(self, stop: threading.Event) -> None:
        """Steps until stopped; a chain that is away is waited for."""
        while not stop.is_set():
            try:
                self.step()
            except ChainError as error:
                log.warning("chain trouble, trying again", code=error.code, reason=str(error))
                stop.wait(RETRY_SECONDS)
            stop.wait(POLL_SECONDS)

    def _revealed(self, head: int) -> list[Submitted]:
        event = self.chain["ProofOfOptimization"].events.ClaimRevealed()
        found = []
        for start in range(self.next_block, head + 1, SEARCHED_BLOCKS):
            end = min(start + SEARCHED_BLOCKS - 1, head)
            found += [Submitted.from_log(entry) for entry in event.get_logs(from_block=start, to_block=end)]
        return found
