"""The metadata that every table and view belongs to, the column types, and the shape of an event table.

Invariant: every row that comes from the chain carries the number of its block, so undoing blocks is one delete a table.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=_NAMES)
"""Tables: what the migrations create and the indexer writes."""

view_metadata = MetaData()
"""Views: readers select from them; apart, so that no tool takes them for tables."""


class Hash(TypeDecorator[bytes]):
    """32 bytes: a keccak-256, a root, a block or transaction hash."""

    impl = LargeBinary
    cache_ok = True
    size = 32


class Address(TypeDecorator[bytes]):
    """20 bytes: an account or a contract."""

    impl = LargeBinary
    cache_ok = True
    size = 20


class _WholeNumber(TypeDecorator[int]):
    """An integer wider than bigint, kept as numeric and given as an int."""

    impl = Numeric
    cache_ok = True
    digits = 78

    def __init__(self) -> None:
        super().__init__(self.digits, 0)

    def process_result_value(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)


class Uint256(_WholeNumber):
    """0 to 2^256-1; wei amounts, token ids, tickets."""

    cache_ok = True  # SQLAlchemy does not inherit it


class Int256(_WholeNumber):
    """-2^255 to 2^255-1; reputation."""

    cache_ok = True


class Uint64(_WholeNumber):
    """0 to 2^64-1, which bigint cannot hold: a prover may well claim a page of 2^64-1 bytes."""

    cache_ok = True
    digits = 20


def event_table(name: str, *items: SchemaItem) -> Table:
    """A table with one append-only row for each log of one event, keyed by the log's place in the chain."""
    place: list[Column[Any]] = [
        Column("block_number", BigInteger, nullable=False),
        Column("block_time", DateTime(timezone=True), nullable=False),
        Column("log_index", Integer, nullable=False),
        Column("block_hash", Hash, nullable=False),
        Column("tx_hash", Hash, nullable=False),
    ]
    fields: list[Column[Any]] = [item for item in items if isinstance(item, Column)]
    rest = [item for item in items if not isinstance(item, Column)]
    for column in fields:
        column.nullable = False
    return Table(
        name,
        metadata,
        *place,
        *fields,
        PrimaryKeyConstraint("block_number", "log_index"),
        *_checks([*place, *fields]),
        *rest,
        info={"event": True},
    )


def event_tables() -> list[Table]:
    """Every table with one row a log, in a fixed order: what a rewind deletes from and a comparison reads."""
    return [table for table in metadata.sorted_tables if table.info.get("event")]


def _checks(columns: list[Column[Any]]) -> list[CheckConstraint]:
    checks = []
    for column in columns:
        kind = column.type
        if isinstance(kind, Hash | Address):
            checks.append(CheckConstraint(f"octet_length({column.name}) = {kind.size}", name=f"{column.name}_size"))
        elif isinstance(kind, Uint256 | Uint64):
            checks.append(CheckConstraint(f"{column.name} >= 0", name=f"{column.name}_unsigned"))
    return checks
