"""python -m indexer rewind: deletes what is mirrored above a block."""

import argparse
import asyncio
import sys

from indexer.commands.exits import USAGE
from indexer.commands.stores import writer_of
from indexer.config import Config
from indexer.errors import SettingInvalid
from indexer.log import BEFORE_GENESIS
from indexer.settings import Settings


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Asks for --yes first."""
    if options.to < 0:
        raise SettingInvalid("--to", "must be 0 or more")
    if not options.yes:
        sys.stderr.write(f"This deletes what is mirrored above block {options.to}; say --yes to do it.\n")
        return USAGE
    number = asyncio.run(_rewind_to(settings, options.configured, options.to))
    sys.stdout.write("mirror is empty\n" if number == BEFORE_GENESIS.number else f"mirror is at block {number}\n")
    return 0


async def _rewind_to(settings: Settings, config: Config | None, highest: int) -> int:
    """Goes to the highest known block up to `highest`: blocks without a row between the two had no logs of ours."""
    async with writer_of(settings, config) as writer:
        if highest == 0:
            await writer.forget()
        elif writer.here.number > highest:
            known = await writer.known(highest, 1)
            await writer.rewind(known[0] if known else BEFORE_GENESIS)
        return writer.here.number
