"""The loop: takes step after step, waits where there is nothing to do, and outlives a node or a database that fails.

Invariant: only Retryable errors are waited out; anything else ends the program.
"""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from indexer.backoff import Backoff
from indexer.chain import Chain
from indexer.deployment import manifest_path, read_deployment
from indexer.errors import AnswerTooLarge, DatabaseUnreachable, Retryable, WriterBusy
from indexer.log import BEFORE_GENESIS
from indexer.node import Node
from indexer.settings import Settings
from indexer.step import Advanced, Limits, NodeBehind, NothingNew, Outcome, Rewound, Scope, step
from indexer.window import grown, halved
from indexer.writer import Writer, open_writer

_logger = structlog.get_logger("indexer")

_SEEN_SECONDS = 5.0
_FIRST_WINDOW = 32  # blocks; the answers then say how far to go


async def run(settings: Settings) -> None:
    """Mirrors the chain until it is cancelled or a Fatal error says why not."""
    backoff = Backoff()
    async with Node(settings.rpc_url, settings.answer_bytes) as node:
        while True:
            try:
                async with open_writer(settings.database_url) as writer:
                    _logger.info("writer opened", block=writer.here.number)
                    await Mirror(Chain(node), writer, settings).follow(backoff)
            except (DatabaseUnreachable, WriterBusy) as error:
                await _wait(backoff, error)


class Mirror:
    """One writer's work: what it mirrors, how wide it reads, and when it last said that it lives."""

    def __init__(self, chain: Chain, writer: Writer, settings: Settings) -> None:
        self._chain = chain
        self._writer = writer
        self._settings = settings
        self._window = min(settings.window_blocks, _FIRST_WINDOW)
        self._manifest: _Manifest | None = None
        self._genesis: bytes | None = None
        self._chain_id = 0
        self._behind_since: float | None = None
        self._seen_at = 0.0

    async def follow(self, backoff: Backoff) -> None:
        """Takes steps for ever. Raises what the database raises; what the node raises is waited out here."""
        while True:
            try:
                outcome = await self.advance()
            except (DatabaseUnreachable, WriterBusy):
                raise
            except AnswerTooLarge as error:
                self._window = halved(self._window)
                _logger.info("window halved", blocks=self._window, reason=str(error))
                if self._window == 1:
                    await _wait(backoff, error)
            except Retryable as error:
                # The node may come back as another chain.
                self._genesis = None
                await _wait(backoff, error)
            else:
                backoff.reset()
                if not isinstance(outcome, Advanced | Rewound):
                    await asyncio.sleep(self._settings.poll_seconds)

    async def advance(self) -> Outcome:
        """One step, with what has to be known before it, and what follows from it."""
        scope = await self._scope()
        settings = self._settings
        outcome = await step(
            self._chain, self._writer, scope, Limits(settings.confirmations, self._window, settings.reorg_blocks)
        )
        match outcome:
            case Advanced(first, to, head, rows, set_aside):
                self._window = grown(self._window, rows, settings.window_blocks)
                self._seen_at = time.monotonic()
                _logger.info("blocks mirrored", first=first, last=to.number, head=head, rows=rows)
                if set_aside:
                    _logger.warning("logs set aside", first=first, last=to.number, logs=set_aside)
            case Rewound(to, depth):
                _logger.warning("chain reorganized", to=to.number, depth=depth)
                if to == BEFORE_GENESIS:
                    self._genesis = None  # nothing in common: it may be another chain altogether
            case NodeBehind():
                return await self._wait_for_node(outcome)
            case NothingNew(head):
                await self._say_seen(head)
        self._behind_since = None
        return outcome

    async def _wait_for_node(self, outcome: NodeBehind) -> Outcome:
        """A node that merely lags catches up soon; one that was set back has to be followed."""
        now = time.monotonic()
        self._behind_since = self._behind_since or now
        if now - self._behind_since < self._settings.patience_seconds:
            return outcome
        depth = self._writer.here.number - outcome.common.number
        await self._writer.rewind(outcome.common)
        _logger.warning("chain went back", to=outcome.common.number, depth=depth)
        self._behind_since = None
        return Rewound(outcome.common, depth)

    async def _say_seen(self, head: int) -> None:
        if time.monotonic() - self._seen_at > _SEEN_SECONDS:
            await self._writer.seen(head)
            self._seen_at = time.monotonic()

    async def _scope(self) -> Scope:
        """The contracts to mirror, by the manifest as it is now."""
        if self._genesis is None:
            self._chain_id, genesis = await self._chain.identity()
            await self._writer.adopt(self._chain_id, genesis)
            self._genesis, self._manifest = genesis, None
        path = manifest_path(self._settings.home, self._chain_id)
        version = _version(path)
        if self._manifest is None or self._manifest.version != version:
            deployment = read_deployment(path, self._genesis)
            undone = await self._writer.take_up(deployment)
            _logger.info("contracts taken up", contracts=len(deployment.contracts), start=deployment.start)
            if undone is not None:
                _logger.warning("contracts changed, mirrored again", from_block=undone.number + 1)
            scope = Scope(deployment.addresses, deployment.start, deployment.decoder())
            self._manifest = _Manifest(version, scope)
        return self._manifest.scope


@dataclass(frozen=True, slots=True)
class _Manifest:
    version: tuple[int, int, int] | None
    scope: Scope


def _version(path: Path) -> tuple[int, int, int] | None:
    """Changes whenever the file does; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


async def _wait(backoff: Backoff, error: Retryable) -> None:
    seconds = backoff.next_seconds()
    _logger.warning("waiting", error=type(error).__name__, reason=str(error), seconds=round(seconds, 2))
    await asyncio.sleep(seconds)
