"""The command line: python -m indexer run | status | rewind | verify | export | recover | migrate."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from indexer.commands.exits import BUSY, CHAIN_UNREACHABLE, DATABASE_UNREACHABLE, FATAL, UNUSABLE, USAGE
from indexer.config import Config, read_config, read_configs
from indexer.errors import (
    DatabaseUnreachable,
    Fatal,
    ForeignChain,
    IndexerError,
    SchemaOutdated,
    SettingInvalid,
    WriterBusy,
)
from indexer.settings import Settings, read_settings


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs one command and gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.configured, options.others = None, []
        if getattr(options, "config", None) is None:
            settings = read_settings(environment)
        else:
            every = _chosen(options, environment)
            settings, options.configured = _settings(every[0], environment), every[0]
            options.others = [(_settings(config, environment), config) for config in every[1:]]
        # Loaded only now: what one verb stands on, another would pay for at every start.
        execute: Callable[[Settings, argparse.Namespace], int] = import_module(
            f"indexer.commands.{options.verb}"
        ).execute
        return execute(settings, options)
    except IndexerError as error:
        sys.stderr.write(f"indexer: {error}\n")
        return _exit_code(error)


def _chosen(options: argparse.Namespace, environment: Mapping[str, str]) -> tuple[Config, ...]:
    """The chains that the verb is for: all that the file names for `run`, one for any other."""
    if options.verb == "run" and options.chain is None:
        return read_configs(options.config, environment)
    return (read_config(options.config, environment, options.chain),)


def _settings(config: Config, environment: Mapping[str, str]) -> Settings:
    named = {"LIGHTDOM_DATABASE_URL": config.database_url, "LIGHTDOM_RPC_URL": config.rpc_url}
    if config.ws_url:
        named["LIGHTDOM_WS_URL"] = config.ws_url
    return read_settings({**environment, **named})


def _exit_code(error: IndexerError) -> int:
    match error:
        case SettingInvalid():
            return USAGE
        case DatabaseUnreachable():
            return DATABASE_UNREACHABLE
        case WriterBusy():
            return BUSY
        case ForeignChain() | SchemaOutdated():
            return UNUSABLE
        case Fatal():
            return FATAL
        case _:
            return CHAIN_UNREACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer",
        description="Mirrors our contracts' events into Postgres.",
        epilog="exit codes: 0 done, 1 cannot go on, 2 wrong option or setting, 3 chain unreachable, "
        "4 database unreachable, 5 another indexer writes, 6 foreign chain or not migrated",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="mirror the chain until stopped")
    running.set_defaults(verb="run")
    _may_be_configured(running)

    status = commands.add_parser("status", help="say how far the mirror is behind the chain")
    status.add_argument("--json", action="store_true", help="as JSON")
    status.set_defaults(verb="status")
    _may_be_configured(status)

    rewind = commands.add_parser("rewind", help="delete what is mirrored above a block; a run reads it again")
    rewind.add_argument(
        "--to", type=int, required=True, metavar="BLOCK", help="0 empties the mirror and frees it for another chain"
    )
    rewind.add_argument("--yes", action="store_true", help="do it without asking")
    rewind.set_defaults(verb="rewind")
    _may_be_configured(rewind)

    verifying = commands.add_parser("verify", help="read the chain again and compare every row; exit code 1: differs")
    verifying.set_defaults(verb="verify")
    _may_be_configured(verifying)

    exporting = commands.add_parser("export", help="write every table to a Parquet file, as of one block")
    exporting.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")
    exporting.add_argument("--block", type=int, metavar="NUMBER", help="as of this block instead of the newest")
    exporting.add_argument("--json", action="store_true", help="say what was written as JSON")
    exporting.set_defaults(verb="export")
    _may_be_configured(exporting)

    redecoding = commands.add_parser(
        "redecode", help="make the tables anew of the answers that were kept, without a node"
    )
    redecoding.set_defaults(verb="redecode")
    _may_be_configured(redecoding, required=True)

    recover = commands.add_parser("recover", help="follow a chain that took back what it had called final")
    recover.add_argument("--yes", action="store_true", help="do it without asking")
    recover.set_defaults(verb="recover")
    _may_be_configured(recover)

    migrate = commands.add_parser("migrate", help="bring the schema to the newest version, or back")
    migrate.add_argument("--down", action="store_true", help="go back: drops tables, whose rows the chain still has")
    migrate.add_argument("--to", metavar="REVISION", help="stop there instead of at the newest (or, down, at nothing)")
    migrate.add_argument(
        "--beside", action="store_true", help="mirror into the newest version beside the old one, then switch at once"
    )
    migrate.set_defaults(verb="migrate")
    return parser


def _may_be_configured(verb: argparse.ArgumentParser, required: bool = False) -> None:
    """The verb may be about the mirror that a file names, instead of our own contracts'."""
    words = "of the contracts that it names" + ("" if required else ", instead of ours")
    verb.add_argument("--config", type=Path, metavar="FILE.toml", required=required, help=words)
    verb.add_argument("--chain", metavar="NAME", help="of the chains that the file names, only this one")
