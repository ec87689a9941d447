"""The loop: takes step after step, waits where there is nothing to do, and outlives a node or a database that fails.

Invariant: only Retryable errors are waited out; anything else ends the program.
"""

import asyncio
import time

from indexer import metrics
from indexer.backoff import Backoff
from indexer.chain import Chain
from indexer.errors import AnswerTooLarge, DatabaseUnreachable, ForeignChain, Halted, Retryable, WriterBusy
from indexer.finality import Finality
from indexer.heads import Heads, subscription_url
from indexer.history import History
from indexer.log import BEFORE_GENESIS
from indexer.node import Node
from indexer.origin import Origin
from indexer.progress import Progress
from indexer.reading import Tip, read_tip
from indexer.settings import Settings
from indexer.step import Advanced, Limits, NodeBehind, NothingNew, Outcome, Rewound, allowed, step
from indexer.target import Target
from indexer.telemetry import logger
from indexer.window import grown, halved
from indexer.writer import Writer

_SEEN_SECONDS = 5.0
_TIP_SECONDS = 1.0
_LONG_HISTORY = 5_000  # blocks from which on it pays to build indexes after the rows
_FIRST_WINDOW = 32  # blocks; the answers then say how far to go


async def run(settings: Settings, origin: Origin | None = None) -> None:
    """Mirrors the chain until it is cancelled or a Fatal error says why not."""
    backoff = Backoff()
    origin = origin or _own(settings)
    heads_url = subscription_url(settings.ws_url, settings.rpc_url)
    async with (
        Node(settings.rpc_url, settings.answer_bytes, settings.timeout_seconds) as node,
        Heads(heads_url, settings.poll_seconds) as heads,
    ):
        while True:
            try:
                async with origin.open() as writer:
                    logger.info("writer opened", block=writer.here.number)
                    await Mirror(Chain(node), writer, settings, origin).follow(backoff, heads)
            except (DatabaseUnreachable, WriterBusy, Halted) as error:
                await _wait(backoff, error)


class Mirror:
    """One writer's work: what it mirrors, how wide it reads, and when it last said that it lives."""

    def __init__(self, chain: Chain, writer: Writer, settings: Settings, origin: Origin | None = None) -> None:
        self._chain = chain
        self._writer = writer
        self._settings = settings
        self._origin: Origin = origin or _own(settings)
        self._window = min(settings.window_blocks, _FIRST_WINDOW)
        self._last_target: Target | None = None
        self._genesis: bytes | None = None
        self._chain_id = 0
        self._behind_since: float | None = None
        self._contradictions = 0
        self._contradicted_since = 0.0
        self._kept_final = writer.final
        self._seen_at = 0.0
        self._history: History | None = None
        self._tip: tuple[float, Tip] | None = None
        self._finality = Finality(settings.finality, writer)
        self._progress = Progress()
        self._lacks_indexes = True  # until it was looked

    async def follow(self, backoff: Backoff, heads: Heads) -> None:
        """Takes steps for ever. Raises what the database raises; what the node raises is waited out here."""
        while True:
            try:
                outcome = await self.advance()
            except (DatabaseUnreachable, WriterBusy):
                raise
            except Halted as error:
                await self._contradicted(error)
            except AnswerTooLarge as error:
                self._window = halved(self._window)
                logger.info("window halved", blocks=self._window, reason=str(error))
                if self._window == 1:
                    await _wait(backoff, error)
            except ForeignChain as error:
                if not self._chain.leave_node():
                    raise
                logger.warning("node left", reason=str(error))
            except Retryable as error:
                # The node may come back as another chain.
                self._genesis = None
                has_other = self._chain.other_node() and not self._chain.rest_seconds
                if has_other and backoff.failures % self._chain.nodes != self._chain.nodes - 1:
                    backoff.failures += 1  # no wait before each of them has had its turn
                    logger.warning("next node", error=type(error).__name__, reason=str(error))
                else:
                    await _wait(backoff, error, self._chain.rest_seconds)
            else:
                backoff.reset()
                self._contradictions = 0
                if not isinstance(outcome, Advanced | Rewound):
                    await heads.wait()

    async def advance(self) -> Outcome:
        """One step, with what has to be known before it, and what follows from it."""
        if self._writer.halted is not None:
            raise Halted(self._writer.halted)
        try:
            return await self._advance()
        except BaseException:
            self._stop_history()
            raise

    async def _advance(self) -> Outcome:
        target = await self._target()
        settings = self._settings
        final = self._finality.number(self._chain_id)
        limits = Limits(settings.confirmations, self._window, settings.reorg_blocks, final)
        outcome: Outcome | None = await self._history_step(target)
        if outcome is None:
            tip, self._tip = self._tip, None
            outcome = await step(self._chain, self._writer, target, limits, tip and tip[1])
        match outcome:
            case Advanced(first, to, head, rows, set_aside):
                if self._history is None:
                    self._window = grown(to.number - first + 1, rows, settings.window_blocks)
                    logger.info("blocks mirrored", first=first, last=to.number, head=head, rows=rows)
                else:
                    self._progress.say(to.number, head, rows)
                self._seen_at = time.monotonic()
                await self._finality.advance(self._chain, self._chain_id, head)
                metrics.put("indexer_window_blocks", self._window)
                if set_aside:
                    metrics.count("indexer_set_aside_total", set_aside)
                    logger.warning("logs set aside", first=first, last=to.number, logs=set_aside)
            case Rewound(to, depth):
                self._stop_history()
                metrics.count("indexer_reorgs_total")
                metrics.put("indexer_reorg_blocks", depth)
                logger.warning("chain reorganized", to=to.number, depth=depth)
                if to == BEFORE_GENESIS:
                    self._genesis = None  # nothing in common: it may be another chain altogether
            case NodeBehind():
                return await self._wait_for_node(outcome)
            case NothingNew(head):
                await self._build_indexes()
                await self._finality.advance(self._chain, self._chain_id, head)
                await self._say_seen(head)
        self._behind_since = None
        return outcome

    async def _contradicted(self, error: Halted) -> None:
        """Halts once every node has said so, and for as long as patience lasts: one alone may be on another fork."""
        if self._writer.halted is not None:
            raise error
        now = time.monotonic()
        self._contradicted_since = self._contradicted_since if self._contradictions else now
        self._contradictions += 1
        lasted = now - self._contradicted_since
        if self._contradictions > self._chain.nodes and lasted >= self._settings.patience_seconds:
            logger.critical("halted", reason=error.reason)
            await self._writer.halt(error.reason)
            raise error
        logger.warning("contradicted", reason=error.reason)
        self._chain.other_node()
        await asyncio.sleep(self._settings.poll_seconds)

    async def _wait_for_node(self, outcome: NodeBehind) -> Outcome:
        """A node that merely lags catches up soon; one that was set back has to be followed."""
        now = time.monotonic()
        self._behind_since = self._behind_since or now
        if now - self._behind_since < self._settings.patience_seconds:
            self._chain.other_node()  # one that is not behind may be among them
            return outcome
        depth = self._writer.here.number - outcome.common.number
        await self._writer.rewind(allowed(outcome.common, self._finality.number(self._chain_id)))
        logger.warning("chain went back", to=outcome.common.number, depth=depth)
        self._behind_since = None
        return Rewound(outcome.common, depth)

    async def _say_seen(self, head: int) -> None:
        if time.monotonic() - self._seen_at > _SEEN_SECONDS or self._writer.final != self._kept_final:
            await self._writer.seen(head)
            self._kept_final = self._writer.final
            self._seen_at = time.monotonic()

    async def _history_step(self, target: Target) -> Advanced | Rewound | None:
        """A step through what no reorg reaches, None where there is none of it left."""
        now = time.monotonic()
        settings = self._settings
        first = max(self._writer.here.number + 1, target.start)
        if self._tip is None or now - self._tip[0] > (_TIP_SECONDS if self._history else 0):
            self._tip = now, await read_tip(self._chain, settings.confirmations)
        tip = self._tip[1]
        last = min(tip.head - settings.reorg_blocks, -1 if tip.target is None else tip.target.number)
        if first > last:
            if self._history is not None:
                self._stop_history()
            return None
        if self._history is None:
            if self._writer.here == BEFORE_GENESIS and last - first > _LONG_HISTORY:
                await self._writer.drop_indexes()
                self._lacks_indexes = True
            self._history = History(self._chain, self._writer, target, settings.window_blocks, self._window)
        outcome = await self._history.advance(
            last, tip.head, settings.reorg_blocks, self._finality.number(self._chain_id)
        )
        self._window = self._history.window
        return outcome

    def _stop_history(self) -> None:
        if self._history is not None:
            self._history.stop()
            self._history = None
        self._tip = None

    async def _build_indexes(self) -> None:
        if self._lacks_indexes:
            built = await self._writer.build_indexes()
            self._lacks_indexes = False
            if built:
                logger.info("indexes built", indexes=built)

    async def _target(self) -> Target:
        """What to mirror, of the chain that the node serves now."""
        if self._genesis is None:
            self._chain_id, genesis = await self._chain.identity()
            await self._writer.adopt(self._chain_id, genesis)
            self._genesis = genesis
        target = await self._origin.target(self._chain, self._writer, self._chain_id, self._genesis)
        if target is not self._last_target:
            self._stop_history()
            self._last_target = target
        return target


def _own(settings: Settings) -> Origin:
    # Here and not above: SQLAlchemy, which only our own tables need, costs a short backfill more than its rows.
    from indexer.manifest_origin import ManifestOrigin

    return ManifestOrigin(settings)


async def _wait(backoff: Backoff, error: Retryable, least_seconds: float = 0) -> None:
    seconds = max(backoff.next_seconds(), least_seconds)
    logger.warning("waiting", error=type(error).__name__, reason=str(error), seconds=round(seconds, 2))
    await asyncio.sleep(seconds)
