"""python -m indexer run: mirrors the chain until stopped."""

import argparse
import asyncio
import signal

from indexer.commands.exits import FATAL
from indexer.config_origin import ConfigOrigin
from indexer.errors import IndexerError
from indexer.mirror import run
from indexer.origin import Origin
from indexer.settings import Settings
from indexer.telemetry import logger


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Ends with SIGINT, SIGTERM or a Fatal error."""
    try:
        asyncio.run(_until_stopped(settings, ConfigOrigin(options.configured) if options.configured else None))
    except IndexerError:
        raise
    except Exception:
        # A fault of ours: nothing was committed half, so a restart may try again; the log has the whole story.
        logger.exception("stopped by a fault")
        return FATAL
    return 0


async def _until_stopped(settings: Settings, origin: Origin | None) -> None:
    """Runs until SIGINT or SIGTERM; what is not committed by then is rolled back, which loses nothing."""
    work = asyncio.ensure_future(run(settings, origin))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        logger.info("stopped")
