"""An answer to eth_getLogs to rows, by the compiled reader; what it has no row for goes through the slow one.

Invariant: rows come from logs that were asked for, each once and in order.
"""

import time
from dataclasses import dataclass
from typing import Any

import orjson

from core_ext.errors import AnswerMalformed
from core_ext.logs import Scan, scan_answer
from indexer import metrics
from indexer.cells import Row
from indexer.chain import log
from indexer.errors import NodeAnswerWrong
from indexer.log import Log
from indexer.node import refusal
from indexer.target import Target

_METHOD = "eth_getLogs"


@dataclass(frozen=True, slots=True)
class Logs:
    """What one answer held. `rows`: by table, in COPY's binary form; `judged`: the slow reader's, with their table's
    number; `blocks`: number -> hash and time (None: not said) of each that has logs; `others`: the batch's other
    results.
    """

    rows: tuple[bytes, ...]
    counts: tuple[int, ...]
    judged: tuple[tuple[int, Row], ...]
    blocks: dict[int, tuple[bytes, int | None]]
    others: dict[str | None, Any]

    @property
    def count(self) -> int:
        """How many logs."""
        return sum(self.counts) + len(self.judged)

    @property
    def reach(self) -> tuple[int, int]:
        """The first and the last block that has a log."""
        return min(self.blocks, default=0), max(self.blocks, default=0)

    @property
    def without_time(self) -> list[int]:
        """The blocks whose time the node does not say with their logs."""
        return [number for number, (_, when) in self.blocks.items() if when is None]


def read_logs(
    target: Target, answer: bytearray, first: int, last: int, times: dict[int, int] | None = None, call: int = 0
) -> Logs:
    """The logs of blocks first to last out of an answer, in which `call` is the question's id. Runs in a thread."""
    started = time.monotonic()
    scan = _scan(target, answer, times, str(call))
    if not scan.is_ordered:
        scan = _scan(target, _in_order(answer), times, str(call))
    blocks = {number: (block_hash, when) for number, block_hash, when, _ in scan.blocks}
    for number in blocks:
        if not first <= number <= last:
            raise NodeAnswerWrong(_METHOD, f"a log of block {number} that was not asked for")
    known = {number: when for number, (_, when) in blocks.items() if when is not None}
    judged = () if len(known) < len(blocks) else tuple(target.judge(_log(text, known)) for text in scan.odd)
    metrics.count("indexer_scan_seconds_total", time.monotonic() - started)
    others = {identity: orjson.loads(text) for identity, text in scan.results.items()}
    return Logs(tuple(scan.rows), tuple(scan.counts), judged, blocks, others)


def _scan(target: Target, answer: bytearray | bytes, times: dict[int, int] | None, call: str) -> Scan:
    try:
        scan = scan_answer(target.plan, answer, times)
    except AnswerMalformed as error:
        raise NodeAnswerWrong(_METHOD, str(error)) from error
    for text in scan.errors.values():
        raise refusal(_METHOD, text)
    if not scan.has_logs or call in scan.results:
        raise NodeAnswerWrong(_METHOD, "not a list of logs")
    return scan


def _log(text: bytes, times: dict[int, int]) -> Log:
    return log(orjson.loads(text), times)


def _in_order(answer: bytearray) -> bytes:
    """The same answer with its logs in their order, each once. Raises NodeAnswerWrong if two claim one place."""
    replies = orjson.loads(answer)
    for reply in replies if isinstance(replies, list) else [replies]:
        if isinstance(reply.get("result"), list):
            reply["result"] = _sorted(reply["result"])
    return orjson.dumps(replies)


def _sorted(logs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_place: dict[tuple[int, int], dict[str, Any]] = {}
    for found in logs:
        place = int(found["blockNumber"], 16), int(found["logIndex"], 16)
        if by_place.setdefault(place, found) != found:
            raise NodeAnswerWrong(_METHOD, f"two different logs at {place}")
    return [by_place[place] for place in sorted(by_place)]
