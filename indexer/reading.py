"""What one look at the chain found, and what it means: read, then decide, both before anything is written.

Invariant: a batch is only built from logs that belong to the very chain whose last block it names.
"""

from dataclasses import dataclass
from typing import Any

from indexer.chain import Chain, blocks_without_time, log
from indexer.errors import ChainMoved, NodeAnswerWrong
from indexer.log import Header, Log


@dataclass(frozen=True, slots=True)
class Tip:
    """How far the mirror may go. `head`: the newest block's number; `target`: the newest with enough confirmations."""

    head: int
    target: Header | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks `first` to `last` with their logs in order. `headers`: those to remember for a reorg, `last` included."""

    first: Header
    last: Header
    headers: tuple[Header, ...]
    logs: tuple[Log, ...]
    head: int


async def read_tip(chain: Chain, confirmations: int) -> Tip:
    """The newest block, and the one that is `confirmations` below it (None where the chain is not that long)."""
    latest = await chain.latest()
    if confirmations == 0:
        return Tip(latest.number, latest)
    number = latest.number - confirmations
    if number < 0:
        return Tip(latest.number, None)
    return Tip(latest.number, (await chain.headers([number])).get(number))


async def read_blocks(
    chain: Chain, addresses: tuple[bytes, ...], first: int, last: int, tip: Tip, reorg_blocks: int
) -> Reading:
    """The logs of blocks first to last. Raises ChainMoved if a reorg happened while they were read.

    The last block's hash is read before and after the logs. It commits to all blocks before it, so if it stayed the
    same, the logs in between are those of its chain, however many blocks have no header here.
    """
    before = tip.target if tip.target and tip.target.number == last else (await chain.headers([last])).get(last)
    answers = await chain.logs(addresses, first, last)
    near = range(max(first, tip.head - reorg_blocks + 1), last + 1)
    wanted = {first, last, *near, *_within(blocks_without_time(answers), first, last)}
    headers = await chain.headers(sorted(wanted))
    if before is None or len(headers) < len(wanted) or headers[last].hash != before.hash:
        raise ChainMoved(last)
    _check_continuity(headers)
    kept = tuple(headers[number] for number in sorted({*near, last}))
    return Reading(headers[first], headers[last], kept, _logs(answers, addresses, first, last, headers), tip.head)


def _check_continuity(headers: dict[int, Header]) -> None:
    for number, header in headers.items():
        parent = headers.get(number - 1)
        if parent is not None and parent.hash != header.parent_hash:
            raise ChainMoved(number)


def _logs(
    answers: list[dict[str, Any]], addresses: tuple[bytes, ...], first: int, last: int, headers: dict[int, Header]
) -> tuple[Log, ...]:
    """The logs in order, each once, each of a block that is on this chain."""
    times = {number: header.time for number, header in headers.items()}
    by_place: dict[tuple[int, int], Log] = {}
    hashes = {number: header.hash for number, header in headers.items()}
    wanted = frozenset(addresses)
    for answer in answers:
        found = log(answer, times)
        place = (found.block_number, found.log_index)
        if not first <= found.block_number <= last or found.address not in wanted:
            raise NodeAnswerWrong("eth_getLogs", f"a log at {place} that was not asked for")
        if hashes.setdefault(found.block_number, found.block_hash) != found.block_hash:
            raise ChainMoved(found.block_number)
        if by_place.setdefault(place, found) != found:
            raise NodeAnswerWrong("eth_getLogs", f"two different logs at {place}")
    return tuple(by_place[place] for place in sorted(by_place))


def _within(numbers: set[int], first: int, last: int) -> set[int]:
    """Only blocks that were asked for: what a wrong answer names must not make us ask for more."""
    return {number for number in numbers if first <= number <= last}
