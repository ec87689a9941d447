"""Event rows as no contract would write them: few keys, so that they meet, in any order, with the edges of figures."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Numeric, SmallInteger, Table, Text

from indexer import tables
from indexer.tables.metadata import Int256, Uint64

WATCHED = (
    *(tables.claim_revealed, tables.claim_attested, tables.claim_finalized, tables.claim_slashed),
    *(tables.claim_expired, tables.saving_recorded, tables.reputation_slashed, tables.reward_queued),
    *(tables.reward_paid, tables.land_minted, tables.land_transfer, tables.host_registered, tables.verifier_set),
    *(tables.staked, tables.stake_released, tables.verifier_slashed, tables.role_granted, tables.role_revoked),
    tables.parameters_set,
)
"""Every table that a state is made of."""

_PLACE = ("block_number", "block_time", "log_index", "block_hash", "tx_hash")
_START = datetime(2026, 1, 1, 22, 50, tzinfo=UTC)


def random_rows(source: random.Random, first: int, blocks: int) -> list[tuple[Table, dict[str, Any]]]:
    """Rows of so many blocks, up to six in each."""
    return [
        (table, random_row(source, table, number, log_index))
        for number in range(first, first + blocks)
        for log_index, table in enumerate(source.choices(WATCHED, k=source.randint(0, 6)))
    ]


def random_row(source: random.Random, table: Table, number: int, log_index: int) -> dict[str, Any]:
    """One row of a table, in that place of the chain."""
    place = {
        "block_number": number,
        "block_time": _START + timedelta(minutes=11 * number),
        "log_index": log_index,
        "block_hash": number.to_bytes(32, "big"),
        "tx_hash": (number * 1000 + log_index).to_bytes(32, "big"),
    }
    return place | {c.name: _value(source, c) for c in table.columns if c.name not in _PLACE}


def _value(source: random.Random, column: Column[Any]) -> object:
    kind = column.type
    if column.name == "bits":
        return source.choice((0, 3, 4, 7))
    if column.name == "biome":
        return source.randrange(8)
    if isinstance(kind, Boolean):
        return source.random() < 0.5
    if isinstance(kind, Text):
        return source.choice(("a.example", "b.example"))
    size = getattr(kind, "size", None)
    if size is not None:
        return bytes([source.randrange(3)]) * size
    if isinstance(kind, LargeBinary):
        return b"x"
    if isinstance(kind, SmallInteger | Integer | BigInteger):
        return source.randrange(5)
    if column.name in ("token_id", "ticket"):
        return source.randrange(3)
    if isinstance(kind, Int256):
        return source.choice((-(2**255), -7, 0, 2**255 - 1))
    assert isinstance(getattr(kind, "impl", kind), Numeric)
    return source.choice((0, 1, 77, 2**64 - 1 if isinstance(kind, Uint64) else 2**256 - 1))
