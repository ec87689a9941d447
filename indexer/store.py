"""Where one mirror lives in a database: its schema, the tables that keep its place, and the tables of its events."""

import zlib
from dataclasses import dataclass, field

from indexer.target import TableShape

# An arbitrary constant: whoever holds it in a database is that database's indexer of our own contracts.
WRITER_LOCK = 0x4C44_4958


CHANNEL = "lightdom_blocks"
"""Each commit is notified here: {"number": n, "hash": "0x.."}, or {"reorg_to": n} after blocks were undone."""


@dataclass(frozen=True, slots=True)
class Store:
    """Names only; the writer makes statements of them. `has_hashes`: event rows carry the hash of their block.

    `answers`: where nodes' answers are kept, empty: nowhere.
    `partition_blocks`: event tables are in parts of so many blocks, 0: whole.
    `indexes`: statements by index name, for what is built once history is read.
    """

    schema: str
    tables: tuple[TableShape, ...]
    checkpoint: str = "checkpoint"
    blocks: str = "blocks"
    contracts: str = "contracts"
    outbox: str = "outbox"
    aside: str = "set_aside_log"
    channel: str = CHANNEL
    has_hashes: bool = True
    answers: str = ""
    partition_blocks: int = 0
    indexes: dict[str, str] = field(default_factory=dict)

    @property
    def lock(self) -> int:
        """The advisory lock of the one writer."""
        if self.schema == "public" and self.checkpoint == "checkpoint":
            return WRITER_LOCK
        return WRITER_LOCK << 24 ^ zlib.crc32(f"{self.schema}.{self.checkpoint}".encode())
