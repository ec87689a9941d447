"""Writes the schema's text to graphql/schema.graphql: `python -m api.schema_export [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from api.schema import schema

SNAPSHOT = Path(__file__).resolve().parents[1] / "schema.graphql"
_HEAD = "# Written by `make schema` from graphql/api; a test fails when it is stale.\n\n"


def text() -> str:
    """The schema as it is in the code."""
    return _HEAD + schema.as_str().rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Writes the snapshot, or with --check says by the exit code whether it is fresh."""
    if arguments == ["--check"]:
        is_fresh = SNAPSHOT.is_file() and SNAPSHOT.read_text() == text()
        sys.stdout.write("fresh\n" if is_fresh else f"{SNAPSHOT} is stale: run `make schema`\n")
        return 0 if is_fresh else 1
    SNAPSHOT.write_text(text())
    sys.stdout.write(f"wrote {SNAPSHOT}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
