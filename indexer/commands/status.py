"""python -m indexer status: says how far the mirror is behind the chain."""

import argparse
import asyncio
import sys
from dataclasses import asdict

import orjson

from indexer.commands.exits import CHAIN_UNREACHABLE, FATAL, UNUSABLE
from indexer.commands.stores import store_of
from indexer.database import engine, engine_reachable
from indexer.migrations import head_revision, schema_revision
from indexer.settings import Settings
from indexer.status import Status, read_status

_EXIT_OF_STATE = {
    "halted": FATAL,
    "chain unreachable": CHAIN_UNREACHABLE,
    "foreign chain": UNUSABLE,
    "not migrated": UNUSABLE,
}


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """For people, or as JSON."""
    found, needed = (None, None) if options.configured else (_revision(settings), head_revision())
    status = asyncio.run(read_status(settings, store_of(options.configured), found, needed))
    if options.json:
        sys.stdout.write(orjson.dumps(asdict(status), option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        sys.stdout.write(_for_people(status))
    return _EXIT_OF_STATE.get(status.state, 0)


def _revision(settings: Settings) -> str | None:
    with engine_reachable(), engine(settings.database_url).connect() as connection:
        return schema_revision(connection)


def _for_people(status: Status) -> str:
    def shown(value: object) -> str:
        return "unknown" if value is None else str(value)

    lines = [
        f"state          {status.state}",
        f"schema         {status.schema or 'none'} (needs {status.schema_needed})",
        f"chain          id {shown(status.chain_id)}, head {shown(status.chain_head)}",
        f"indexed        block {shown(status.indexed_block)}, {shown(status.lag_blocks)} behind",
        f"final          block {shown(status.final_block)}",
        f"last seen      {shown(status.seen_at)}",
    ]
    if status.schema_needed is None:
        del lines[1]
    if status.halted:
        lines.append(f"halted         {status.halted}; see `python -m indexer recover`")
    if status.chain_error:
        lines.append(f"chain error    {status.chain_error}")
    lines += [f"{name:<30} {count:>12}" for name, count in status.rows.items() if count]
    return "\n".join(lines) + "\n"
