"""Where the wish to mirror comes from: the deployment manifest of our own contracts, or a configuration file."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from indexer.chain import Chain
from indexer.target import Target
from indexer.writer import Writer


class Origin(Protocol):
    """Says where to write and what to mirror. `target` is asked at every step and gives the same object until it
    changes; the writer has taken the change up by then."""

    def open(self) -> AbstractAsyncContextManager[Writer]: ...

    async def target(self, chain: Chain, writer: Writer, chain_id: int, genesis: bytes) -> Target: ...
