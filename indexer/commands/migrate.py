"""python -m indexer migrate: brings the schema to the newest version, or back."""

import argparse
import asyncio
import sys

from indexer.beside import build_beside
from indexer.database import engine, engine_reachable
from indexer.migrations import downgrade, head_revision, schema_revision, upgrade
from indexer.settings import Settings


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Says where the schema is afterwards."""
    if options.beside:
        asyncio.run(build_beside(settings))
        sys.stdout.write(f"schema at {head_revision()}, built beside the one before and switched to\n")
        return 0
    database = engine(settings.database_url)
    with engine_reachable():
        if options.down:
            downgrade(database, options.to or "base")
        else:
            upgrade(database, options.to or "head")
        with database.connect() as connection:
            found = schema_revision(connection)
    sys.stdout.write(f"schema at {found or 'nothing'}, newest is {head_revision()}\n")
    return 0
