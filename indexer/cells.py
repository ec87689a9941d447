"""What the cells of every event table hold: where a log is and when, and text that Postgres takes."""

from datetime import UTC, datetime

from indexer.log import Log

Row = tuple[object, ...]

_EPOCH_END = 253402300800  # 10000-01-01: later times have no datetime


def place(log: Log) -> Row:
    """The columns that every event table of ours begins with."""
    return (log.block_number, moment(log.block_time), log.log_index, log.block_hash, log.tx_hash)


def moment(seconds: int) -> datetime:
    """Chain time as a datetime; a time past the year 9999, which only a test chain can have, is its last second."""
    return datetime.fromtimestamp(min(seconds, _EPOCH_END - 1), UTC)


def readable(content: bytes) -> str:
    """Text for people: what is not UTF-8, and NUL, which Postgres refuses, become U+FFFD."""
    return content.decode(errors="replace").replace("\0", "\ufffd")
