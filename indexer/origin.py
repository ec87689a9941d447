"""Where the wish to mirror comes from: the deployment manifest of our own contracts, or a configuration file."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import structlog

from indexer.config import Config
from indexer.deployment import manifest_path, read_deployment
from indexer.own_contracts import own_target
from indexer.own_store import open_own_writer
from indexer.settings import Settings
from indexer.target import Target
from indexer.typed_store import open_typed_writer, typed_deployment
from indexer.typed_tables import typed_target
from indexer.writer import Writer

_logger = structlog.get_logger("indexer")


class Origin(Protocol):
    """Says where to write and what to mirror. `target` is asked at every step and gives the same object until it
    changes; the writer has taken the change up by then."""

    def open(self) -> AbstractAsyncContextManager[Writer]: ...

    async def target(self, writer: Writer, chain_id: int, genesis: bytes) -> Target: ...


class ManifestOrigin:
    """Our own contracts, by the manifest as it is now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: tuple[tuple[object, ...], Target] | None = None

    def open(self) -> AbstractAsyncContextManager[Writer]:
        self._known = None
        return open_own_writer(self._settings.database_url)

    async def target(self, writer: Writer, chain_id: int, genesis: bytes) -> Target:
        path = manifest_path(self._settings.home, chain_id)
        version = (genesis, *_version(path))
        if self._known is None or self._known[0] != version:
            deployment = read_deployment(path, genesis)
            undone = await writer.take_up(deployment)
            _logger.info("contracts taken up", contracts=len(deployment.contracts), start=deployment.start)
            if undone is not None:
                _logger.warning("contracts changed, mirrored again", from_block=undone.number + 1)
            self._known = version, own_target(deployment)
        return self._known[1]


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
            _logger.info("contracts taken up", contracts=len(self._config.contracts))
            if undone is not None:
                _logger.warning("contracts changed, mirrored again", from_block=undone.number + 1)
            self._target = typed_target(self._config)
        return self._target


def _version(path: Path) -> tuple[int, ...]:
    """Changes whenever the file does; empty while there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
