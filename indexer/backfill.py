"""Takes up contracts that are added later, and events that are known later, without reading anything else again.

Invariant: all that a contract said comes in one transaction, and only if it is of the very chain that is mirrored; else
the mirror goes back to before the change, which is slower and always right.
"""

from collections.abc import AsyncIterator
from dataclasses import replace

from indexer.chain import Chain
from indexer.deployment import Deployment
from indexer.errors import AnswerTooLarge, ChainMoved
from indexer.log import Position
from indexer.reading import Reading, read_history
from indexer.target import Target
from indexer.telemetry import logger
from indexer.window import grown, halved
from indexer.writer import Writer

_FIRST_WINDOW = 100  # blocks


async def take_up(
    chain: Chain, writer: Writer, deployment: Deployment, target: Target, most_blocks: int
) -> Position | None:
    """Makes the mirrored contracts those of `deployment`, whose target is `target`.

    Gives the position that the mirror went back to, None if nothing had to be undone.
    """
    added = await writer.added(deployment)
    if added and await _is_on_chain(chain, writer.here):
        only = replace(
            target, addresses=tuple(contract.address for contract in added), start=min(c.block for c in added)
        )
        try:
            rows = await writer.backfill(deployment, only.start, _readings(chain, only, writer.here, most_blocks))
        except ChainMoved as error:
            logger.warning("backfill given up", reason=str(error))
        else:
            logger.info("contracts backfilled", contracts=[contract.name for contract in added], rows=rows)
    undone = await writer.take_up(deployment)
    logger.info("contracts taken up", contracts=len(deployment.contracts), start=deployment.start)
    if undone is not None:
        logger.warning("contracts changed, mirrored again", from_block=undone.number + 1)
    explained = await writer.read_aside_again(target)
    if explained:
        logger.info("logs explained that were set aside", logs=explained)
    return undone


async def _is_on_chain(chain: Chain, here: Position) -> bool:
    header = (await chain.headers([here.number])).get(here.number)
    return header is not None and header.hash == here.hash


async def _readings(chain: Chain, target: Target, to: Position, most_blocks: int) -> AsyncIterator[Reading]:
    """What the target says up to a position. Raises ChainMoved unless all of it is of the chain of that position."""
    first, window = target.start, min(_FIRST_WINDOW, most_blocks)
    before: bytes | None = None
    while first <= to.number:
        last = min(first + window - 1, to.number)
        try:
            reading = await read_history(chain, target, first, last, to.number)
        except AnswerTooLarge:
            if window == 1:
                raise
            window = halved(window)
            continue
        if before not in (None, reading.first.parent_hash):
            raise ChainMoved(first)
        yield reading
        before, first = reading.last.hash, last + 1
        window = grown(window, reading.logs, most_blocks)
    if before != to.hash:
        raise ChainMoved(to.number)
