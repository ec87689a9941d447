"""python -m indexer run: mirrors the chain, or all that a configuration names, until stopped."""

import argparse
import asyncio
import signal
from collections.abc import Sequence

from indexer import metrics
from indexer.commands.exits import FATAL
from indexer.config import Config
from indexer.config_origin import ConfigOrigin
from indexer.errors import IndexerError
from indexer.exposition import exposed
from indexer.mirror import run
from indexer.settings import Settings
from indexer.telemetry import logger

_Mirrored = tuple[Settings, Config | None]


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Ends with SIGINT, SIGTERM or a Fatal error."""
    try:
        asyncio.run(_until_stopped([(settings, options.configured), *options.others]))
    except IndexerError:
        raise
    except Exception:
        # A fault of ours: nothing was committed half, so a restart may try again; the log has the whole story.
        logger.exception("stopped by a fault")
        return FATAL
    return 0


async def _until_stopped(mirrors: Sequence[_Mirrored]) -> None:
    """Runs until SIGINT or SIGTERM; what is not committed by then is rolled back, which loses nothing."""
    async with exposed(mirrors[0][0].metrics_port):
        work = asyncio.gather(*(_mirror(*mirror) for mirror in mirrors), return_exceptions=True)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, work.cancel)
        try:
            ended = await work
        except asyncio.CancelledError:
            logger.info("stopped")
            return
    for error in ended:
        if isinstance(error, BaseException):
            raise error


async def _mirror(settings: Settings, config: Config | None) -> None:
    """One chain; when it cannot go on, the others do, and the program ends with its error after them."""
    if config is None:
        return await run(settings)
    metrics.of_chain(config.name)
    try:
        await run(settings, ConfigOrigin(config))
    except IndexerError as error:
        logger.critical("chain given up", reason=str(error))
        raise
