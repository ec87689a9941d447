"""Logs of our own contracts that could not be read: kept whole with the reason, so nothing is dropped silently."""

from sqlalchemy import Column, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY

from indexer.tables.metadata import Address, event_table

set_aside_log = event_table(
    "set_aside_log",
    Column("contract", Address),
    Column("topics", ARRAY(LargeBinary)),
    Column("data", LargeBinary),
    Column("reason", Text),
)
