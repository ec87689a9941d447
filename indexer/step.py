"""One step of the mirror: read, decide, write in one transaction. What happened comes back as one of four values."""

from dataclasses import dataclass

from indexer.chain import Chain
from indexer.errors import Halted
from indexer.log import BEFORE_GENESIS, Position
from indexer.reading import Reading, Tip, read_blocks, read_tip
from indexer.target import Target
from indexer.writer import Writer


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one step may go. `window`: blocks a step; `reorg_blocks`: blocks below the head whose hash is kept;
    `final`: the highest block that the chain has promised never to take back, -1 for none."""

    confirmations: int
    window: int
    reorg_blocks: int
    final: int = -1


@dataclass(frozen=True, slots=True)
class Advanced:
    """Blocks were mirrored up to `to`."""

    first: int
    to: Position
    head: int
    rows: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Rewound:
    """The chain took another way above `to`: everything above was undone."""

    to: Position
    depth: int


@dataclass(frozen=True, slots=True)
class NothingNew:
    """The mirror is as far as it may be."""

    head: int


@dataclass(frozen=True, slots=True)
class NodeBehind:
    """The node has a part of what is mirrored, and nothing else: it lags, or went back; `common` is where it stands."""

    common: Position
    head: int


Outcome = Advanced | Rewound | NothingNew | NodeBehind


async def step(chain: Chain, writer: Writer, scope: Target, limits: Limits, tip: Tip | None = None) -> Outcome:
    """Goes on by one batch, back by one reorg, or nowhere. `tip`: where it was read just now."""
    tip = tip or await read_tip(chain, limits.confirmations)
    target, here = tip.target, writer.here
    if target is not None and target.number < here.number:
        return await _behind(chain, writer, tip, target.number, limits.final)
    if target is not None and target.number == here.number and target.hash != here.hash:
        return await undo_reorg(chain, writer, limits.final)
    first = max(here.number + 1, scope.start)
    if target is None or target.number < first:
        return NothingNew(tip.head)

    last = min(target.number, first + limits.window - 1)
    reading = await read_blocks(chain, scope, first, last, tip, limits.reorg_blocks)
    if first == here.number + 1 and reading.first.parent_hash != here.hash:
        return await undo_reorg(chain, writer, limits.final)
    await writer.append(reading, limits.reorg_blocks)
    return advanced(reading, writer.here)


def advanced(reading: Reading, here: Position) -> Advanced:
    """What writing a reading has come to."""
    return Advanced(reading.first.number, here, reading.head, reading.logs, len(reading.judged))


async def find_fork(chain: Chain, writer: Writer, highest: int) -> Position:
    """The highest known block, up to `highest`, that is on the chain still; before genesis if there is none."""
    wanted = 16
    while known := await writer.known(highest, wanted):
        headers = await chain.headers([position.number for position in known])
        for position in known:
            header = headers.get(position.number)
            if header is not None and header.hash == position.hash:
                return position
        highest = known[-1].number - 1
        wanted = min(4 * wanted, 1024)
    return BEFORE_GENESIS


async def undo_reorg(chain: Chain, writer: Writer, final: int) -> Rewound:
    """Goes back to where the mirror and the chain part. Raises Halted if that is below what was final."""
    depth_from = writer.here.number
    fork = await find_fork(chain, writer, depth_from - 1)
    await writer.rewind(allowed(fork, final))
    return Rewound(fork, depth_from - fork.number)


def allowed(fork: Position, final: int) -> Position:
    """The fork, if nothing final lies above it. Raises Halted."""
    if fork.number < final:
        raise Halted(f"block {final} was final, and the node now says another chain from block {fork.number + 1} on")
    return fork


async def _behind(chain: Chain, writer: Writer, tip: Tip, highest: int, final: int) -> Rewound | NodeBehind:
    fork = await find_fork(chain, writer, highest)
    if fork.number == highest:
        return NodeBehind(fork, tip.head)
    depth = writer.here.number - fork.number
    await writer.rewind(allowed(fork, final))
    return Rewound(fork, depth)
