"""What the chain has promised never to take back; the writer keeps it, so that a restart forgets no promise."""

import time

from indexer.chain import Chain
from indexer.errors import NodeAnswerWrong
from indexer.writer import Writer

DEVELOPMENT_CHAIN = 31337
_LOOK_SECONDS = 5.0
_DEPTH_WITHOUT_TAG = {"finalized": 64, "safe": 32}  # blocks; two epochs of the beacon chain, and one


class Finality:
    """Raises the highest final block as the chain does.

    `rule`: none, tags (the node's `finalized`, a depth where it has no such tag), safe (its `safe` instead), a number
    of blocks, or auto: none on a development chain, which may be set back at will, and tags on any other.
    """

    def __init__(self, rule: str, writer: Writer) -> None:
        self._rule = rule
        self._writer = writer
        self._looked_at = -_LOOK_SECONDS
        self._tagged = -1

    def number(self, chain_id: int) -> int:
        """The highest final block; -1: none."""
        return -1 if self._rule_on(chain_id) == "none" else self._writer.final

    async def advance(self, chain: Chain, chain_id: int, head: int) -> None:
        """Looks anew, now and then. Never past what is mirrored: a block that was not seen cannot be taken back."""
        rule, writer = self._rule_on(chain_id), self._writer
        if rule.isdecimal():
            writer.final = max(writer.final, min(writer.here.number, head - int(rule)))
        elif rule != "none":
            if time.monotonic() - self._looked_at > _LOOK_SECONDS:
                self._looked_at = time.monotonic()
                self._tagged = await _tagged(chain, head, "safe" if rule == "safe" else "finalized")
            writer.final = max(writer.final, min(writer.here.number, self._tagged))

    def _rule_on(self, chain_id: int) -> str:
        if self._rule != "auto":
            return self._rule
        return "none" if chain_id == DEVELOPMENT_CHAIN else "tags"


async def _tagged(chain: Chain, head: int, tag: str) -> int:
    try:
        header = await chain.tagged(tag)
    except NodeAnswerWrong:  # the node knows no such tag
        header = None
    return head - _DEPTH_WITHOUT_TAG[tag] if header is None else header.number
