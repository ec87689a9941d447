"""Every error of the indexer.

IndexerError
├── Retryable             the loop waits and tries again
│   ├── NodeUnreachable
│   ├── NodeBusy
│   ├── NodeAnswerWrong
│   ├── AnswerTooLarge    the loop also asks for fewer blocks
│   ├── ChainMoved
│   ├── DatabaseUnreachable
│   │   └── DatabaseReadOnly
│   ├── DeploymentMissing
│   ├── Halted            nothing more is mirrored until an operator decides
│   └── WriterBusy
├── Fatal                 the program stops and says what to do
│   ├── SettingInvalid
│   ├── SchemaOutdated
│   ├── BlockNotMirrored
│   ├── ExportUnavailable
│   └── ForeignChain
└── LogUnreadable         the log is set aside, with this as the reason
"""

from pathlib import Path
from typing import Final


class IndexerError(Exception):
    """Something the indexer could not do."""


class Retryable(IndexerError):
    """May work when it is tried again."""


class Fatal(IndexerError):
    """Will not work until somebody changes something."""


class NodeUnreachable(Retryable):
    """The chain's node does not answer: start it, or point LIGHTDOM_RPC_URL at one that runs."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no answer from the node at {url} ({reason}); start it or set LIGHTDOM_RPC_URL")
        self.url: Final = url
        self.reason: Final = reason


class NodeBusy(Retryable):
    """The node asks for fewer requests, or fails on its own side."""

    def __init__(self, url: str, status: int, rest_seconds: float = 0) -> None:
        rest = f", and asks to be left alone for {rest_seconds:.0f} s" if rest_seconds else ""
        super().__init__(f"the node at {url} answered with HTTP status {status}{rest}")
        self.url: Final = url
        self.status: Final = status
        self.rest_seconds: Final = rest_seconds


class NodeAnswerWrong(Retryable):
    """The node answered with an error, or with something that cannot be: another node may do better."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(f"{method}: {reason}")
        self.method: Final = method
        self.reason: Final = reason


class AnswerTooLarge(Retryable):
    """The node would not, or should not, answer for so many blocks at once."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(f"{method}: {reason}")
        self.method: Final = method
        self.reason: Final = reason


class ChainMoved(Retryable):
    """The chain changed while it was being read; the next reading sees the change and decides."""

    def __init__(self, number: int) -> None:
        super().__init__(f"block {number} was replaced while it was being read")
        self.number: Final = number


class DatabaseUnreachable(Retryable):
    """The database does not answer: start it, or correct LIGHTDOM_DATABASE_URL."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no answer from the database ({reason}); start it or correct LIGHTDOM_DATABASE_URL")
        self.reason: Final = reason


class DatabaseReadOnly(DatabaseUnreachable):
    """The database is a replica: it takes rows from its primary and from nobody else until it is promoted."""

    def __init__(self) -> None:
        super().__init__("it is a replica, which nobody can write to until it is promoted")


class DeploymentMissing(Retryable):
    """The contracts are not deployed on this chain yet, or their manifest is of another chain: run `ape run deploy`."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; run `ape run deploy`")
        self.path: Final = path
        self.reason: Final = reason


class Halted(Retryable):
    """The chain took back what it had called final: `python -m indexer recover --yes` follows it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; look into it, then `python -m indexer recover --yes` follows the node")
        self.reason: Final = reason


class WriterBusy(Retryable):
    """Another indexer writes to this database; this one stands by until it ends."""

    def __init__(self) -> None:
        super().__init__("another indexer writes to this database; stop it, or let this one stand by")


class SettingInvalid(Fatal):
    """A setting is missing or cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name: Final = name
        self.reason: Final = reason


class SchemaOutdated(Fatal):
    """The database has another schema than this program needs: run `python -m indexer migrate`."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__(f"the schema is at {found or 'nothing'}, {needed} is needed; run `python -m indexer migrate`")
        self.found: Final = found
        self.needed: Final = needed


class BlockNotMirrored(Fatal):
    """A block was asked for that is not in the mirror."""

    def __init__(self, block: int | None, newest: int | None) -> None:
        there = "it has none yet" if newest is None or newest < 0 else f"it has 0 to {newest}"
        super().__init__(f"the mirror has no block{'' if block is None else f' {block}'}; {there}")
        self.block: Final = block
        self.newest: Final = newest


class ExportUnavailable(Fatal):
    """Parquet files need pyarrow, which is an extra."""

    def __init__(self) -> None:
        super().__init__("export is unavailable: it needs pyarrow; `pip install 'lightdom[parquet]'` brings it")


class ForeignChain(Fatal):
    """The database mirrors another chain than the node serves."""

    def __init__(self, mirrored: bytes, served: bytes) -> None:
        super().__init__(
            f"the database mirrors the chain with genesis 0x{mirrored.hex()}, the node serves 0x{served.hex()}; use "
            "a new database, or empty this one with `python -m indexer rewind --to 0 --yes`"
        )
        self.mirrored: Final = mirrored
        self.served: Final = served


class LogUnreadable(IndexerError):
    """A log does not say what its event's ABI promises."""
