"""python -m indexer redecode: makes all event tables anew of the answers that were kept, without a node."""

import argparse
import asyncio
import sys

from indexer.config import Config
from indexer.settings import Settings
from indexer.typed_store import redecode


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Readers see the old tables until all new ones are there."""
    config: Config = options.configured
    rows = asyncio.run(redecode(config))
    sys.stdout.write(f"{rows} logs decoded again\n")
    return 0
