"""Follows what happens on the chain itself, without a database, and hands each thing to a role until it is done.

On start the worker asks the chain what there is, claims or requests, from its checkpoint on or from the first block, so
a kill -9 loses nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

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


class Followed(Protocol):
    """Something on the chain that a role has to deal with: its id, 32 bytes, and the block that it began in."""

    @property
    def key(self) -> bytes: ...

    @property
    def block(self) -> int: ...


class Role(Protocol):
    """What a worker does with a thing of the kind that its follower finds."""

    def handle(self, each: Any, /) -> Outcome: ...


def claims_revealed(chain: Chain, first_block: int, last_block: int) -> Iterator[Submitted]:
    """Claims that were revealed in these blocks."""
    event = chain["ProofOfOptimization"].events.ClaimRevealed()
    for entry in event.get_logs(from_block=first_block, to_block=last_block):
        yield Submitted.from_log(entry)


@dataclass(slots=True)
class Waiting:
    """A thing that is not done: how often it failed, and when (monotonic seconds) it may be tried again."""

    found: Followed
    failures: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class Follower:
    """What one role still has to deal with; `find` gives what began, or was spoken of, in a span of blocks."""

    chain: Chain
    role: Role
    next_block: int
    waiting: dict[bytes, Waiting] = field(default_factory=dict)
    done: set[bytes] = field(default_factory=set)
    # The newest block that was looked at; if it is no longer on the chain, what was done may be undone.
    seen: tuple[int, bytes] | None = None
    checkpoint: Checkpoint | None = None
    find: Callable[[Chain, int, int], Iterable[Followed]] = claims_revealed

    def __post_init__(self) -> None:
        if self.checkpoint is not None:
            self.next_block = self.checkpoint.read(self.next_block)

    def step(self) -> None:
        """One look at the chain and one try at each waiting claim."""
        head, head_hash = self.chain.head()
        if self.seen is not None and self.chain.block_hash(self.seen[0]) != self.seen[1]:
            log.warning("reorg: all is looked at again", block=self.seen[0])
            self.waiting.clear()
            self.done.clear()
            self.next_block = self.chain.manifest.first_block
        self.seen = (head, head_hash)
        for found in self._found(head):
            if found.key not in self.done:
                known = self.waiting.setdefault(found.key, Waiting(found))
                # The first block that names it: a later vote on a request must not hide the earlier ones.
                if found.block < known.found.block:
                    known.found = found
        self.next_block = head + 1
        for key, waiting in list(self.waiting.items()):
            if waiting.not_before <= time.monotonic() and self._try(key, waiting) is Outcome.DONE:
                del self.waiting[key]
                self.done.add(key)
        self._remember()

    def _remember(self) -> None:
        if self.checkpoint is None:
            return
        first = self.chain.manifest.first_block
        open_blocks = [each.found.block for each in self.waiting.values()]
        safe = min([*open_blocks, self.next_block - REORG_BLOCKS])
        self.checkpoint.write(first, max(first, safe))

    def _try(self, key: bytes, waiting: Waiting) -> Outcome:
        try:
            outcome = self.role.handle(waiting.found)
        except ChainUnreachable:
            raise
        except ServiceError as error:
            log.warning("set aside for now", id=key.hex(), code=error.code, reason=str(error))
            outcome = Outcome.LATER
        if outcome is Outcome.LATER:
            # One whose evidence hangs must not hold up all the others.
            waiting.failures += 1
            waiting.not_before = time.monotonic() + min(
                RETRY_SECONDS * 2 ** (waiting.failures - 1), LONGEST_WAIT_SECONDS
            )
        return outcome

    def run(self, stop: threading.Event) -> None:
        """Steps until stopped; a chain that is away is waited for."""
        run_all([self], stop)

    def _found(self, head: int) -> Iterator[Followed]:
        for start in range(self.next_block, head + 1, SEARCHED_BLOCKS):
            yield from self.find(self.chain, start, min(start + SEARCHED_BLOCKS - 1, head))


def run_all(followers: Sequence[Follower], stop: threading.Event) -> None:
    """Steps of several followers in turn: what signs with the same keys must not send at the same time."""
    while not stop.is_set():
        for follower in followers:
            try:
                follower.step()
            except ChainError as error:
                log.warning("chain trouble, trying again", code=error.code, reason=str(error))
                stop.wait(RETRY_SECONDS)
        stop.wait(POLL_SECONDS)
