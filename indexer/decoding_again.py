"""Rows out of the answers that were kept, by what the ABIs say now."""

from collections.abc import Callable
from typing import Any

import psycopg

from indexer.answers import every
from indexer.scanning import Logs, read_logs
from indexer.target import Target


def decode_again(cursor: psycopg.Cursor[Any], table: str, target: Target, place: Callable[[Logs], int]) -> int:
    """Gives how many logs all of them have; `place` writes those of one."""
    return sum(
        place(read_logs(target, bytearray(said.body), said.first, said.last, said.times, said.call))
        for said in every(cursor, table)
    )
