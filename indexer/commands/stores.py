"""Which mirror a command is about: our own contracts', or the one of the configuration that `--config` names."""

from contextlib import AbstractAsyncContextManager

from indexer.config import Config
from indexer.own_store import open_own_writer, own_store
from indexer.settings import Settings
from indexer.store import Store
from indexer.typed_store import open_typed_writer, typed_store
from indexer.writer import Writer


def store_of(config: Config | None) -> Store:
    """Where it lives."""
    return own_store() if config is None else typed_store(config)


def writer_of(settings: Settings, config: Config | None) -> AbstractAsyncContextManager[Writer]:
    """Its one writer. Raises WriterBusy while another process is it."""
    return open_own_writer(settings.database_url) if config is None else open_typed_writer(config)
