"""The wish to mirror any contracts, as a configuration file names them."""

from contextlib import AbstractAsyncContextManager

from indexer.backfill import take_up
from indexer.chain import Chain
from indexer.children import Child, Children
from indexer.config import Config
from indexer.target import Target
from indexer.typed_store import open_typed_writer, typed_deployment
from indexer.typed_tables import child_sources, typed_target
from indexer.writer import Writer

_MOST_BLOCKS = 10_000  # in one question of a backfill


class ConfigOrigin:
    """Any contracts, by a file that is read once."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._target: Target | None = None
        self._children = Children(())
        self._known: tuple[Child, ...] = ()

    def open(self) -> AbstractAsyncContextManager[Writer]:
        self._target = None
        self._children = Children(child_sources(self._config))
        return open_typed_writer(self._config)

    async def target(self, chain: Chain, writer: Writer, chain_id: int, genesis: bytes) -> Target:
        children = await self._children.at(writer)
        if self._target is None or children != self._known:
            target = typed_target(self._config, children)
            await take_up(chain, writer, typed_deployment(self._config, children), target, _MOST_BLOCKS)
            self._target, self._known = target, children
        return self._target
