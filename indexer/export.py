"""Writes every table to a Parquet file, all of them as they were after one block.

Invariant: one read-only snapshot; a file has its name only when it is whole; memory is bounded by one batch of rows.
Amounts that no Arrow number holds (uint256 has 78 digits, Arrow 76) are text, exact, in decimal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from indexer.errors import BlockNotMirrored, ExportUnavailable
from indexer.store import Store

_BATCH_ROWS = 20_000
_MOST_DIGITS = 38  # of a decimal128, which every reader of Parquet knows
_NUMERIC = 1700


@dataclass(frozen=True, slots=True)
class Exported:
    """One file: the table or view that it holds, how many rows, how many bytes it has."""

    table: str
    rows: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was exported: the chain, the block that it is as of with its hash, if that is known still, and the files."""

    chain_id: int
    block_number: int
    block_hash: str | None
    files: tuple[Exported, ...]


def export(
    connection: psycopg.Connection[Any],
    store: Store,
    states: Iterable[str],
    folder: Path,
    block: int | None,
    say: Callable[[str, int], None],
) -> Snapshot:
    """Writes the store's tables and these states as of `block` (None: the newest). `say` hears of each batch.

    Raises ExportUnavailable without pyarrow, BlockNotMirrored for a block that is not there.
    """
    try:
        import pyarrow  # an extra: nothing else needs its 40 MB  # noqa: F401
    except ImportError as error:
        raise ExportUnavailable from error
    folder.mkdir(parents=True, exist_ok=True)
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        chain_id, number, block_hash = _place(connection, store, block)
        queries = [
            (
                table.name,
                sql.SQL("SELECT {} FROM {} WHERE block_number <= {} ORDER BY block_number, log_index").format(
                    sql.SQL(", ").join(map(sql.Identifier, table.columns)), sql.Identifier(table.name), number
                ),
            )
            for table in store.tables
        ]
        queries += [
            (name, sql.SQL("SELECT * FROM {}({})").format(sql.Identifier(f"{name}_at"), number)) for name in states
        ]
        files = tuple(_write(connection, query, folder, name, say) for name, query in queries)
    finally:
        connection.execute("ROLLBACK")
    return Snapshot(chain_id, number, block_hash, files)


def _place(connection: psycopg.Connection[Any], store: Store, block: int | None) -> tuple[int, int, str | None]:
    found = connection.execute(
        sql.SQL("SELECT chain_id, number, hash FROM {}").format(sql.Identifier(store.checkpoint))
    ).fetchone()
    if found is None or not 0 <= (found[1] if block is None else block) <= found[1]:
        raise BlockNotMirrored(block, None if found is None else found[1])
    chain_id, newest, block_hash = found
    if block is not None and block != newest:
        kept = connection.execute(
            sql.SQL("SELECT hash FROM {} WHERE number = %s").format(sql.Identifier(store.blocks)), [block]
        ).fetchone()
        newest, block_hash = block, kept[0] if kept else None
    return chain_id, newest, None if block_hash is None else "0x" + block_hash.hex()


def _write(
    connection: psycopg.Connection[Any], query: sql.Composed, folder: Path, name: str, say: Callable[[str, int], None]
) -> Exported:
    from pyarrow import parquet

    partial, rows = folder / f".{name}.parquet.partial", 0
    with connection.cursor(f"export_{name}"[:63]) as cursor:
        cursor.itersize = _BATCH_ROWS
        cursor.execute(query)
        fields = [_Field(column) for column in cursor.description or ()]
        with parquet.ParquetWriter(partial, _schema(fields), compression="zstd") as writer:
            for turn in count():
                batch = cursor.fetchmany(_BATCH_ROWS)
                if not batch and turn:
                    break
                writer.write_table(_table(fields, batch))
                rows += len(batch)
                say(name, rows)
    whole = folder / f"{name}.parquet"
    partial.replace(whole)
    return Exported(name, rows, whole.stat().st_size)


class _Field:
    """A column as Arrow has it, and how its values get there."""

    def __init__(self, column: psycopg.Column) -> None:
        self.name = column.name
        self.is_text_of_number = column.type_code == _NUMERIC and not 0 < (column.precision or 0) <= _MOST_DIGITS
        self.arrow = _arrow_type(column, self.is_text_of_number)

    def array(self, values: Iterable[Any]) -> Any:
        import pyarrow

        if self.is_text_of_number:
            values = [None if value is None else _digits(value) for value in values]
        elif pyarrow.types.is_string(self.arrow):
            values = [None if value is None else str(value) for value in values]
        return pyarrow.array(list(values), self.arrow)


def _digits(value: Decimal) -> str:
    return format(value, "f")


def _arrow_type(column: psycopg.Column, is_text_of_number: bool) -> Any:
    import pyarrow

    if column.type_code == _NUMERIC and not is_text_of_number:
        return pyarrow.decimal128(column.precision, column.scale or 0)
    plain = {
        16: pyarrow.bool_(),
        17: pyarrow.binary(),
        20: pyarrow.int64(),
        21: pyarrow.int16(),
        23: pyarrow.int32(),
        1001: pyarrow.list_(pyarrow.binary()),
        1184: pyarrow.timestamp("us", tz="UTC"),
    }
    return plain.get(column.type_code, pyarrow.string())


def _schema(fields: list[_Field]) -> Any:
    import pyarrow

    return pyarrow.schema([(field.name, field.arrow) for field in fields])


def _table(fields: list[_Field], rows: list[tuple[Any, ...]]) -> Any:
    import pyarrow

    columns = zip(*rows, strict=True) if rows else [[] for _ in fields]
    arrays = [field.array(values) for field, values in zip(fields, columns, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=_schema(fields))
