"""`python -m services.database migrate`: brings the off-chain tables to what this program needs."""

from __future__ import annotations

import argparse
import os
import sys

from sqlalchemy.exc import OperationalError

from services.database.migrations import downgrade, head_revision, upgrade


def main() -> int:
    """Exit codes: 2 usage, 3 the database does not answer."""
    parser = argparse.ArgumentParser(prog="python -m services.database", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    migrate = verbs.add_parser("migrate", help="create or change the off-chain tables; safe to repeat")
    migrate.add_argument("--to", metavar="REVISION", help="go back to this revision; what it cannot hold is lost")
    options = parser.parse_args()
    database_url = os.environ.get("LIGHTDOM_DATABASE_URL")
    if not database_url:
        sys.stderr.write("services.database: LIGHTDOM_DATABASE_URL is not set; name a PostgreSQL database\n")
        return 2
    try:
        if options.to:
            downgrade(database_url, options.to)
        else:
            upgrade(database_url)
    except OperationalError:
        sys.stderr.write("services.database: the database does not answer\n")
        return 3
    sys.stdout.write(f"off-chain tables at {options.to or head_revision()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
