"""The command line: python -m indexer run | status | rewind | migrate."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson
import structlog
from psycopg import sql

from indexer.chain import Chain
from indexer.config import Config, read_config
from indexer.database import connect, engine, reachable
from indexer.deployment import manifest_path, read_deployment
from indexer.errors import (
    DatabaseUnreachable,
    Fatal,
    ForeignChain,
    IndexerError,
    SchemaOutdated,
    SettingInvalid,
    WriterBusy,
)
from indexer.log import BEFORE_GENESIS, Position
from indexer.migrations import downgrade, head_revision, schema_revision, upgrade
from indexer.mirror import run
from indexer.node import Node
from indexer.origin import ConfigOrigin, Origin
from indexer.own_contracts import own_target
from indexer.own_store import open_own_writer, own_store
from indexer.settings import Settings, read_settings
from indexer.status import Status, read_status
from indexer.step import find_fork
from indexer.typed_store import typed_store
from indexer.typed_tables import typed_target
from indexer.verify import Verdict, verify

EXIT_FATAL = 1
EXIT_USAGE = 2
EXIT_CHAIN_UNREACHABLE = 3
EXIT_DATABASE_UNREACHABLE = 4
EXIT_BUSY = 5
EXIT_UNUSABLE = 6

_EXIT_OF_STATE = {
    "chain unreachable": EXIT_CHAIN_UNREACHABLE,
    "foreign chain": EXIT_UNUSABLE,
    "not migrated": EXIT_UNUSABLE,
}


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs one command and gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.configured = None
        if getattr(options, "config", None) is not None:
            options.configured = read_config(options.config, environment)
            named = {
                "LIGHTDOM_DATABASE_URL": options.configured.database_url,
                "LIGHTDOM_RPC_URL": options.configured.rpc_url,
            }
            environment = {**environment, **named}
        settings = read_settings(environment)
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        return command(settings, options)
    except IndexerError as error:
        sys.stderr.write(f"indexer: {error}\n")
        return _exit_code(error)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    try:
        asyncio.run(_until_stopped(settings, ConfigOrigin(options.configured) if options.configured else None))
    except IndexerError:
        raise
    except Exception:
        # A fault of ours: nothing was committed half, so a restart may try again; the log has the whole story.
        structlog.get_logger("indexer").exception("stopped by a fault")
        return EXIT_FATAL
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
        structlog.get_logger("indexer").info("stopped")


def _status(settings: Settings, options: argparse.Namespace) -> int:
    status = asyncio.run(read_status(settings))
    if options.json:
        sys.stdout.write(orjson.dumps(asdict(status), option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        sys.stdout.write(_for_people(status))
    return _EXIT_OF_STATE.get(status.state, 0)


def _for_people(status: Status) -> str:
    def shown(value: object) -> str:
        return "unknown" if value is None else str(value)

    lines = [
        f"state          {status.state}",
        f"schema         {status.schema or 'none'} (needs {status.schema_needed})",
        f"chain          id {shown(status.chain_id)}, head {shown(status.chain_head)}",
        f"indexed        block {shown(status.indexed_block)}, {shown(status.lag_blocks)} behind",
        f"last seen      {shown(status.seen_at)}",
    ]
    if status.chain_error:
        lines.append(f"chain error    {status.chain_error}")
    lines += [f"{name:<30} {count:>12}" for name, count in status.rows.items() if count]
    return "\n".join(lines) + "\n"


def _rewind(settings: Settings, options: argparse.Namespace) -> int:
    if options.to < 0:
        raise SettingInvalid("--to", "must be 0 or more")
    if not options.yes:
        sys.stderr.write(f"This deletes what is mirrored above block {options.to}; say --yes to do it.\n")
        return EXIT_USAGE
    number = asyncio.run(_rewind_to(settings, options.to))
    sys.stdout.write("mirror is empty\n" if number == BEFORE_GENESIS.number else f"mirror is at block {number}\n")
    return 0


async def _rewind_to(settings: Settings, highest: int) -> int:
    """Goes to the highest known block up to `highest`: blocks without a row between the two had no logs of ours."""
    async with open_own_writer(settings.database_url) as writer:
        if highest == 0:
            await writer.forget()
        elif writer.here.number > highest:
            known = await writer.known(highest, 1)
            await writer.rewind(known[0] if known else BEFORE_GENESIS)
        return writer.here.number


def _recover(settings: Settings, options: argparse.Namespace) -> int:
    if not options.yes:
        sys.stderr.write("This undoes what was final, to follow the node's chain; say --yes to do it.\n")
        return EXIT_USAGE
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


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    verdict = asyncio.run(_compare(settings, options.configured))
    for found in verdict.differences:
        sys.stdout.write(
            f"{found.table}: blocks {found.first} to {found.last}: {found.surplus} rows that the chain has not, "
            f"{found.missing} that are missing\n"
        )
    sys.stdout.write(f"{verdict.blocks} blocks, {verdict.rows} logs, {len(verdict.differences)} differences\n")
    return EXIT_FATAL if verdict.differences else 0


async def _compare(settings: Settings, config: Config | None) -> Verdict:
    """Needs no writer: it reads, beside one that runs."""
    store = own_store() if config is None else typed_store(config)
    with reachable(), connect(settings.database_url, store.schema) as connection:
        asked = sql.SQL("SELECT number, hash, extract(epoch FROM time)::bigint FROM {}")
        found = connection.execute(asked.format(sql.Identifier(store.checkpoint))).fetchone()
        here = BEFORE_GENESIS if found is None else Position(*found)
        async with Node(settings.rpc_url, settings.answer_bytes) as node:
            chain = Chain(node)
            if config is None:
                chain_id, genesis = await chain.identity()
                target = own_target(read_deployment(manifest_path(settings.home, chain_id), genesis))
            else:
                target = typed_target(config)
            return await verify(chain, connection, store, target, here, settings.window_blocks)


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    database = engine(settings.database_url)
    with reachable():
        if options.down:
            downgrade(database, options.to or "base")
        else:
            upgrade(database, options.to or "head")
        with database.connect() as connection:
            found = schema_revision(connection)
    sys.stdout.write(f"schema at {found or 'nothing'}, newest is {head_revision()}\n")
    return 0


def _exit_code(error: IndexerError) -> int:
    match error:
        case SettingInvalid():
            return EXIT_USAGE
        case DatabaseUnreachable():
            return EXIT_DATABASE_UNREACHABLE
        case WriterBusy():
            return EXIT_BUSY
        case ForeignChain() | SchemaOutdated():
            return EXIT_UNUSABLE
        case Fatal():
            return EXIT_FATAL
        case _:
            return EXIT_CHAIN_UNREACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer",
        description="Mirrors our contracts' events into Postgres.",
        epilog="exit codes: 0 done, 1 cannot go on, 2 wrong option or setting, 3 chain unreachable, "
        "4 database unreachable, 5 another indexer writes, 6 foreign chain or not migrated",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="mirror the chain until stopped")
    running.add_argument("--config", type=Path, metavar="FILE.toml", help="mirror the contracts that it names instead")
    running.set_defaults(command=_run)

    status = commands.add_parser("status", help="say how far the mirror is behind the chain")
    status.add_argument("--json", action="store_true", help="as JSON")
    status.set_defaults(command=_status)

    rewind = commands.add_parser("rewind", help="delete what is mirrored above a block; a run reads it again")
    rewind.add_argument(
        "--to", type=int, required=True, metavar="BLOCK", help="0 empties the mirror and frees it for another chain"
    )
    rewind.add_argument("--yes", action="store_true", help="do it without asking")
    rewind.set_defaults(command=_rewind)

    verifying = commands.add_parser("verify", help="read the chain again and compare every row; exit code 1: differs")
    verifying.add_argument("--config", type=Path, metavar="FILE.toml", help="of the contracts that it names instead")
    verifying.set_defaults(command=_verify)

    recover = commands.add_parser("recover", help="follow a chain that took back what it had called final")
    recover.add_argument("--yes", action="store_true", help="do it without asking")
    recover.set_defaults(command=_recover)

    migrate = commands.add_parser("migrate", help="bring the schema to the newest version, or back")
    migrate.add_argument("--down", action="store_true", help="go back: drops tables, whose rows the chain still has")
    migrate.add_argument("--to", metavar="REVISION", help="stop there instead of at the newest (or, down, at nothing)")
    migrate.set_defaults(command=_migrate)
    return parser
