"""What the chain has promised never to take back."""

import time

from indexer.chain import Chain
from indexer.errors import NodeAnswerWrong

DEVELOPMENT_CHAIN = 31337
_LOOK_SECONDS = 5.0
_DEPTH_WITHOUT_TAGS = 64  # blocks; two epochs of the beacon chain


class Finality:
    """The highest final block, which only rises.

    `rule`: none, tags (the node's `finalized`, a depth where it has no such tag), a number of blocks, or auto: none on
    a development chain, which may be set back at will, and tags on any other.
    """

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self._looked_at = 0.0
        self.number = -1

    async def advance(self, chain: Chain, chain_id: int, head: int, here: int) -> None:
        """Looks anew, now and then. Never past what is mirrored: a block that was not seen cannot be taken back."""
        rule = self._rule
        if rule == "auto":
            rule = "none" if chain_id == DEVELOPMENT_CHAIN else "tags"
        if rule == "none":
            return
        if rule.isdecimal():
            self.number = max(self.number, min(here, head - int(rule)))
            return
        now = time.monotonic()
        if now - self._looked_at > _LOOK_SECONDS:
            self._looked_at = now
            self.number = max(self.number, min(here, await _tagged(chain, head)))


async def _tagged(chain: Chain, head: int) -> int:
    try:
        header = await chain.tagged("finalized")
    except NodeAnswerWrong:  # the node knows no such tag
        header = None
    return head - _DEPTH_WITHOUT_TAGS if header is None else header.number
