"""`python -m services.auth make-secret`: adds a new random secret to LIGHTDOM_SECRETS_FILE, which is used from then on.

Start the API anew after it. Keys that were made under the former secrets work on as long as those stay in the file.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from services.auth.secrets import add_secret
from services.errors import SettingInvalid


def main() -> int:
    """Exit code 2: usage, or a file that cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m services.auth", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    make = verbs.add_parser("make-secret", help="add a new random secret; the former ones stay")
    make.add_argument(
        "--id", default=datetime.now(UTC).strftime("%Y-%m-%d"), help="its name; today's date unless given"
    )
    options = parser.parse_args()
    path = os.environ.get("LIGHTDOM_SECRETS_FILE")
    if not path:
        sys.stderr.write("services.auth: LIGHTDOM_SECRETS_FILE is not set; name a file outside the project\n")
        return 2
    try:
        add_secret(Path(path), options.id)
    except (SettingInvalid, OSError) as error:
        sys.stderr.write(f"services.auth: {error}\n")
        return 2
    sys.stdout.write(f"{path}: new keys are made under {options.id}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
