"""What one look at the chain found, and what it means: read, then decide, both before anything is written.

Invariant: a batch is only built from logs that belong to the very chain whose last block it names.
"""

import asyncio
import time
from dataclasses import dataclass

from indexer import metrics
from indexer.answers import Answer
from indexer.bloom import may_hold
from indexer.cells import Row
from indexer.chain import Chain, read_header
from indexer.errors import ChainMoved, NodeAnswerWrong
from indexer.log import Header
from indexer.scanning import Logs, read_logs
from indexer.target import Target


@dataclass(frozen=True, slots=True)
class Tip:
    """How far the mirror may go. `head`: the newest block's number; `target`: the newest with enough confirmations."""

    head: int
    target: Header | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks `first` to `last` with their rows: by table in COPY's binary form, and those of the slow reader.

    `headers`: those to remember for a reorg, `last` included.
    """

    first: Header
    last: Header
    headers: tuple[Header, ...]
    rows: tuple[bytes, ...]
    counts: tuple[int, ...]
    judged: tuple[tuple[int, Row], ...]
    logs: int
    head: int
    answer: Answer | None = None
    """What the rows are of, where the target keeps it."""

    @property
    def reach(self) -> tuple[int, int]:
        """The first and the last block."""
        return self.first.number, self.last.number


async def read_tip(chain: Chain, confirmations: int) -> Tip:
    """The newest block, and the one that is `confirmations` below it (None where the chain is not that long)."""
    latest = await chain.latest()
    metrics.put("indexer_head_block", latest.number)
    metrics.put("indexer_seen_timestamp_seconds", time.time())
    if confirmations == 0:
        return Tip(latest.number, latest)
    number = latest.number - confirmations
    if number < 0:
        return Tip(latest.number, None)
    return Tip(latest.number, (await chain.headers([number])).get(number))


async def read_blocks(chain: Chain, target: Target, first: int, last: int, tip: Tip, reorg_blocks: int) -> Reading:
    """The logs of blocks first to last. Raises ChainMoved if a reorg happened while they were read.

    The last block's hash is read before and after the logs. It commits to all blocks before it, so if it stayed the
    same, the logs in between are those of its chain, however many blocks have no header here.
    """
    before = tip.target if tip.target and tip.target.number == last else (await chain.headers([last])).get(last)
    answer = await chain.logs(target, first, last)
    logs = await asyncio.to_thread(read_logs, target, answer, first, last)
    near = range(max(first, tip.head - reorg_blocks + 1), last + 1)
    wanted = {first, last, *near, *logs.without_time}
    headers = await chain.headers(sorted(wanted))
    if before is None or len(headers) < len(wanted) or headers[last].hash != before.hash:
        raise ChainMoved(last)
    _check_continuity(headers)
    if logs.without_time:
        logs = await asyncio.to_thread(read_logs, target, answer, first, last, _times(headers))
    _check_hashes(logs, headers)
    await _check_blooms(chain, target, logs, headers)
    kept = tuple(headers[number] for number in sorted({*near, last}))
    said = _answer(target, logs, first, last, 0, headers, answer)
    return _reading(logs, headers[first], headers[last], kept, tip.head, said)


async def read_history(chain: Chain, target: Target, first: int, last: int, head: int) -> Reading:
    """The logs of blocks first to last in one question, for blocks that no reorg reaches any more.

    Near the head `read_blocks` looks closer; the checkpoint's hash links what was read here to what is read there.
    """
    answer = await chain.logs_between_headers(target, first, last)
    logs = await asyncio.to_thread(read_logs, target, answer, first, last, None, 1)
    ends = [read_header(logs.others.get(identity)) for identity in ("0", "2")]
    headers = {header.number: header for header in ends if header is not None}
    if headers.keys() != {first, last}:
        raise ChainMoved(last)
    if logs.without_time:
        headers |= await chain.headers(logs.without_time)
        if len(headers) < len({first, last, *logs.without_time}):
            raise ChainMoved(last)
        logs = await asyncio.to_thread(read_logs, target, answer, first, last, _times(headers), 1)
    _check_continuity(headers)
    _check_hashes(logs, headers)
    said = _answer(target, logs, first, last, 1, headers, answer)
    return _reading(logs, headers[first], headers[last], (headers[last],), head, said)


def _reading(
    logs: Logs, first: Header, last: Header, kept: tuple[Header, ...], head: int, answer: Answer | None
) -> Reading:
    return Reading(first, last, kept, logs.rows, logs.counts, logs.judged, logs.count, head, answer)


def _answer(
    target: Target, logs: Logs, first: int, last: int, call: int, headers: dict[int, Header], body: bytearray
) -> Answer | None:
    if not target.keeps_answers or not logs.count:
        return None
    return Answer(first, last, call, _times(headers), body)


def _times(headers: dict[int, Header]) -> dict[int, int]:
    return {number: header.time for number, header in headers.items()}


def _check_continuity(headers: dict[int, Header]) -> None:
    for number, header in headers.items():
        parent = headers.get(number - 1)
        if parent is not None and parent.hash != header.parent_hash:
            raise ChainMoved(number)


def _check_hashes(logs: Logs, headers: dict[int, Header]) -> None:
    for number, (block_hash, _) in logs.blocks.items():
        header = headers.get(number)
        if header is not None and header.hash != block_hash:
            raise ChainMoved(number)


async def _check_blooms(chain: Chain, target: Target, logs: Logs, headers: dict[int, Header]) -> None:
    """A node whose index of logs lags behind its blocks answers too little; the blocks' own filters tell.

    A filter may say yes wrongly: so a block that seems to lack logs is asked for once more, alone and by its hash.
    """
    for number, header in headers.items():
        if header.bloom is None:
            continue
        holds = may_hold(header.bloom, target.addresses)
        if not holds and number in logs.blocks:
            raise NodeAnswerWrong("eth_getLogs", f"logs of block {number}, whose filter has none of ours")
        if holds and number not in logs.blocks and await chain.has_logs(target, header.hash):
            raise NodeAnswerWrong("eth_getLogs", f"no logs of block {number}, which has some")
