"""The command line: python -m indexer run | status | rewind | migrate."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import OperationalError

from indexer.database import engine
from indexer.errors import DatabaseUnreachable, Fatal, IndexerError, SettingInvalid
from indexer.migrations import downgrade, head_revision, schema_revision, upgrade
from indexer.settings import Settings, read_settings

EXIT_FATAL = 1
EXIT_USAGE = 2
EXIT_CHAIN_UNREACHABLE = 3
EXIT_DATABASE_UNREACHABLE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        return command(settings, options)
    except IndexerError as error:
        sys.stderr.write(f"indexer: {error}\n")
        return _exit_code(error)


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    database = engine(settings.database_url)
    try:
        if options.down:
            downgrade(database, options.to or "base")
        else:
            upgrade(database, options.to or "head")
        with database.connect() as connection:
            found = schema_revision(connection)
    except OperationalError as error:
        raise DatabaseUnreachable(str(error.orig).strip()) from error
    sys.stdout.write(f"schema at {found or 'nothing'}, newest is {head_revision()}\n")
    return 0


def _exit_code(error: IndexerError) -> int:
    match error:
        case SettingInvalid():
            return EXIT_USAGE
        case DatabaseUnreachable():
            return EXIT_DATABASE_UNREACHABLE
        case Fatal():
            return EXIT_FATAL
        case _:
            return EXIT_CHAIN_UNREACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer", description="Mirrors our contracts' events into Postgres."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    migrate = commands.add_parser("migrate", help="bring the schema to the newest version, or back")
    migrate.add_argument("--down", action="store_true", help="go back: drops tables, whose rows the chain still has")
    migrate.add_argument("--to", metavar="REVISION", help="stop there instead of at the newest (or, down, at nothing)")
    migrate.set_defaults(command=_migrate)
    return parser
