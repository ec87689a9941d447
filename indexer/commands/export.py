"""python -m indexer export: every table to a Parquet file, as of one block."""

import argparse
import sys
from dataclasses import asdict

import orjson

from indexer.connection import connect, reachable
from indexer.export import export
from indexer.settings import Settings

_BAR = 30


def execute(settings: Settings, options: argparse.Namespace) -> int:
    """Says what was written; `--json` says it to programs. `snapshot.json` beside the files has the same words."""
    if options.configured is None:
        from indexer.own_store import own_store
        from indexer.tables import view_metadata

        store, states = own_store(), tuple(view_metadata.tables)
    else:
        from indexer.typed_store import typed_store

        store, states = typed_store(options.configured), ()
    bar = _Bar([table.name for table in store.tables] + list(states))
    with reachable(), connect(settings.database_url, store.schema) as connection:
        written = export(connection, store, states, options.to, options.block, bar.say)
    bar.end()
    words = orjson.dumps(asdict(written), option=orjson.OPT_INDENT_2) + b"\n"
    (options.to / "snapshot.json").write_bytes(words)
    if options.json:
        sys.stdout.write(words.decode())
    else:
        rows = sum(file.rows for file in written.files)
        size = sum(file.file_bytes for file in written.files)
        sys.stdout.write(
            f"block {written.block_number}: {len(written.files)} files, {rows} rows, {size} bytes in {options.to}\n"
        )
    return 0


class _Bar:
    """How far it is, on a terminal; elsewhere nothing, for it is over soon."""

    def __init__(self, names: list[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._is_shown = sys.stderr.isatty()

    def say(self, name: str, rows: int) -> None:
        if self._is_shown:
            share = self._places[name] / len(self._places)
            bar = "█" * round(share * _BAR)
            sys.stderr.write(f"\r{bar:<{_BAR}} {share:4.0%} {name}, {rows} rows\x1b[K")
            sys.stderr.flush()

    def end(self) -> None:
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
