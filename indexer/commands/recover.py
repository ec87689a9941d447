"""python -m indexer recover: follows a chain that took back what it had called final."""

import argparse
import asyncio
import sys
import time

from indexer.chain import Chain
from indexer.commands.exits import USAGE
from indexer.commands.stores import writer_of
from indexer.config import Config
from indexer.errors import WriterBusy
from indexer.node import Node
from indexer.settings import Settings
from indexer.step import find_fork

_PATIENCE_SECONDS = 15.0  # a run that is halted takes the lock now and then, to see whether somebody decided


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Asks for --yes first."""
    if not options.yes:
        sys.stderr.write("This undoes what was final, to follow the node's chain; say --yes to do it.\n")
        return USAGE
    number = asyncio.run(_follow_anyway(settings, options.configured))
    sys.stdout.write(f"mirror is at block {number}; a run goes on from there\n")
    return 0


async def _follow_anyway(settings: Settings, config: Config | None) -> int:
    """Goes back to where the mirror and the node's chain part, however deep that is. A run beside it need not stop."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return await _decide(settings, config)
        except WriterBusy:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)


async def _decide(settings: Settings, config: Config | None) -> int:
    async with Node(settings.rpc_url, settings.answer_bytes) as node, writer_of(settings, config) as writer:
        chain = Chain(node)
        await writer.adopt(*await chain.identity())  # a node of another chain has no say
        fork = await find_fork(chain, writer, writer.here.number)
        if fork == writer.here:
            await writer.halt(None)  # the node is back on the chain that is mirrored: nothing is undone
        else:
            await writer.rewind(fork)
        return writer.here.number
