"""What is read of the chain, blocks and logs, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """A block, as far as the mirror needs it. `time` in UTC seconds; `bloom`: the filter of its logs, if said."""

    number: int
    hash: bytes
    parent_hash: bytes
    time: int
    bloom: bytes | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A block that the mirror has reached or may go back to. `time` in UTC seconds."""

    number: int
    hash: bytes
    time: int


@dataclass(frozen=True, slots=True)
class Log:
    """One log at its place. `block_time` is in UTC seconds."""

    address: bytes
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: bytes
    block_time: int
    tx_hash: bytes
    log_index: int


BEFORE_GENESIS = Position(number=-1, hash=bytes(32), time=0)
"""Where a mirror without a block stands; genesis names it as its parent."""
