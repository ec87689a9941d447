"""The wish to mirror our own contracts, as the deployment manifest names them."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from indexer.backfill import take_up
from indexer.chain import Chain
from indexer.manifest import manifest_path, read_deployment
from indexer.own_contracts import own_target
from indexer.own_store import open_own_writer
from indexer.settings import Settings
from indexer.target import Target
from indexer.writer import Writer


class ManifestOrigin:
    """Our own contracts, by the manifest as it is now."""

    def __init__(self, settings: Settings, schema: str = "public") -> None:
        self._settings = settings
        self._schema = schema
        self._known: tuple[tuple[object, ...], Target] | None = None

    def open(self) -> AbstractAsyncContextManager[Writer]:
        self._known = None
        return open_own_writer(self._settings.database_url, self._schema)

    async def target(self, chain: Chain, writer: Writer, chain_id: int, genesis: bytes) -> Target:
        path = manifest_path(self._settings.home, chain_id)
        version = (genesis, *_version(path))
        if self._known is None or self._known[0] != version:
            deployment = read_deployment(path, genesis)
            target = own_target(deployment)
            await take_up(chain, writer, deployment, target, self._settings.window_blocks)
            self._known = version, target
        return self._known[1]


def _version(path: Path) -> tuple[int, ...]:
    """Changes whenever the file does; empty while there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
