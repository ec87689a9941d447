"""The wish to mirror any contracts, as a configuration file names them."""

from contextlib import AbstractAsyncContextManager

from indexer.backfill import take_up
from indexer.chain import Chain
from indexer.config import Config
from indexer.target import Target
from indexer.typed_store import open_typed_writer, typed_deployment
from indexer.typed_tables import typed_target
from indexer.writer import Writer

_MOST_BLOCKS = 10_000  # in one question of a backfill


class ConfigOrigin:
    """Any contracts, by a file that is read once."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._target: Target | None = None

    def open(self) -> AbstractAsyncContextManager[Writer]:
        self._target = None
        return open_typed_writer(self._config)

    async def target(self, chain: Chain, writer: Writer, chain_id: int, genesis: bytes) -> Target:
        if self._target is None:
            target = typed_target(self._config)
            await take_up(chain, writer, typed_deployment(self._config), target, _MOST_BLOCKS)
            self._target = target
        return self._target
