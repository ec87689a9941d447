"""The wish to mirror any contracts, as a configuration file names them."""

from contextlib import AbstractAsyncContextManager

from indexer.config import Config
from indexer.target import Target
from indexer.telemetry import logger
from indexer.typed_store import open_typed_writer, typed_deployment
from indexer.typed_tables import typed_target
from indexer.writer import Writer


class ConfigOrigin:
    """Any contracts, by a file that is read once."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._target: Target | None = None

    def open(self) -> AbstractAsyncContextManager[Writer]:
        self._target = None
        return open_typed_writer(self._config)

    async def target(self, writer: Writer, chain_id: int, genesis: bytes) -> Target:
        if self._target is None:
            undone = await writer.take_up(typed_deployment(self._config))
            logger.info("contracts taken up", contracts=len(self._config.contracts))
            if undone is not None:
                logger.warning("contracts changed, mirrored again", from_block=undone.number + 1)
            self._target = typed_target(self._config)
        return self._target
