"""Reads what no reorg reaches any more: several windows at once, written in their order.

Invariant: a window is written only after all before it, and only if its first block names the last written one as its
parent.
"""

import asyncio
from collections import deque

from indexer.chain import Chain
from indexer.log import Position
from indexer.reading import Reading, read_history
from indexer.step import Advanced, Rewound, advanced, undo_reorg
from indexer.target import Target
from indexer.window import grown
from indexer.writer import Writer

_AT_ONCE = 3  # windows: one is written, one is read, one is on its way


class History:
    """The windows of one backfill that are on their way."""

    def __init__(self, chain: Chain, writer: Writer, target: Target, most_blocks: int, blocks: int) -> None:
        self._chain = chain
        self._writer = writer
        self._target = target
        self._most_blocks = most_blocks
        self._pending: deque[asyncio.Task[Reading]] = deque()
        self._next = max(writer.here.number + 1, target.start)
        self.window = blocks

    async def advance(self, last: int, head: int, reorg_blocks: int, final: int) -> Advanced | Rewound:
        """Writes the next window; there is one as long as the mirror is below `last`."""
        self._ask(last, head)
        reading = await self._pending.popleft()
        self.window = grown(reading.last.number - reading.first.number + 1, reading.logs, self._most_blocks)
        self._ask(last, head)
        here: Position = self._writer.here
        if reading.first.number == here.number + 1 and reading.first.parent_hash != here.hash:
            self.stop()
            return await undo_reorg(self._chain, self._writer, final)
        await self._writer.append(reading, reorg_blocks)
        return advanced(reading, self._writer.here)

    def stop(self) -> None:
        """Forgets what is on its way."""
        for task in self._pending:
            task.cancel()
            if task.done() and not task.cancelled():
                task.exception()  # looked at: the one that is raised tells enough
        self._pending.clear()

    def _ask(self, last: int, head: int) -> None:
        while len(self._pending) < _AT_ONCE and self._next <= last:
            end = min(last, self._next + self.window - 1)
            reading = read_history(self._chain, self._target, self._next, end, head)
            self._pending.append(asyncio.create_task(reading))
            self._next = end + 1
