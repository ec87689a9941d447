"""python -m indexer recover: follows a chain that took back what it had called final."""

import argparse
import asyncio
import sys

from indexer.chain import Chain
from indexer.commands.exits import USAGE
from indexer.node import Node
from indexer.own_store import open_own_writer
from indexer.settings import Settings
from indexer.step import find_fork


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Asks for --yes first."""
    if not options.yes:
        sys.stderr.write("This undoes what was final, to follow the node's chain; say --yes to do it.\n")
        return USAGE
    number = asyncio.run(_follow_anyway(settings))
    sys.stdout.write(f"mirror is at block {number}; a run goes on from there\n")
    return 0


async def _follow_anyway(settings: Settings) -> int:
    """Goes back to where the mirror and the node's chain part, however deep that is."""
    async with (
        Node(settings.rpc_url, settings.answer_bytes) as node,
        open_own_writer(settings.database_url) as writer,
    ):
        await writer.rewind(await find_fork(Chain(node), writer, writer.here.number))
        return writer.here.number
