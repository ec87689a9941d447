"""One step of the mirror: read, decide, write in one transaction. What happened comes back as one of four values."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Table

from indexer.chain import Chain
from indexer.decode import Decoder
from indexer.log import BEFORE_GENESIS, Log, Position
from indexer.reading import Tip, read_blocks, read_tip
from indexer.rows import Row, row
from indexer.tables import set_aside_log
from indexer.writer import Writer


@dataclass(frozen=True, slots=True)
class Scope:
    """What to mirror: contracts at these addresses, from block `start` on."""

    addresses: tuple[bytes, ...]
    start: int
    decoder: Decoder


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one step may go. `window`: blocks a step; `reorg_blocks`: blocks below the head whose hash is kept."""

    confirmations: int
    window: int
    reorg_blocks: int


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


async def step(chain: Chain, writer: Writer, scope: Scope, limits: Limits) -> Outcome:
    """Goes on by one batch, back by one reorg, or nowhere."""
    tip = await read_tip(chain, limits.confirmations)
    target, here = tip.target, writer.here
    if target is not None and target.number < here.number:
        return await _behind(chain, writer, tip, target.number)
    if target is not None and target.number == here.number and target.hash != here.hash:
        return await _reorg(chain, writer)
    first = max(here.number + 1, scope.start)
    if target is None or target.number < first:
        return NothingNew(tip.head)

    last = min(target.number, first + limits.window - 1)
    reading = await read_blocks(chain, scope.addresses, first, last, tip, limits.reorg_blocks)
    if first == here.number + 1 and reading.first.parent_hash != here.hash:
        return await _reorg(chain, writer)
    rows = rows_by_table(scope.decoder, reading.logs)
    await writer.append(reading, rows, limits.reorg_blocks)
    return Advanced(first, writer.here, tip.head, len(reading.logs), len(rows.get(set_aside_log, ())))


def rows_by_table(decoder: Decoder, logs: tuple[Log, ...]) -> dict[Table, list[Row]]:
    """The rows that keep these logs."""
    rows: defaultdict[Table, list[Row]] = defaultdict(list)
    for log in logs:
        table, content = row(log, decoder.decode(log))
        rows[table].append(content)
    return dict(rows)


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


async def _reorg(chain: Chain, writer: Writer) -> Rewound:
    depth_from = writer.here.number
    fork = await find_fork(chain, writer, depth_from - 1)
    await writer.rewind(fork)
    return Rewound(fork, depth_from - fork.number)


async def _behind(chain: Chain, writer: Writer, tip: Tip, highest: int) -> Rewound | NodeBehind:
    fork = await find_fork(chain, writer, highest)
    if fork.number == highest:
        return NodeBehind(fork, tip.head)
    depth = writer.here.number - fork.number
    await writer.rewind(fork)
    return Rewound(fork, depth)
