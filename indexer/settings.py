"""Settings of the indexer, read from the environment once, at the entry.

Invariant: nothing else in the package reads the environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import SettingInvalid


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run of the indexer needs to know."""

    database_url: str
    rpc_url: str
    home: Path
    confirmations: int
    poll_seconds: float
    patience_seconds: float
    window_blocks: int
    reorg_blocks: int
    answer_bytes: int
    finality: str
    metrics_port: int
    ws_url: str
    timeout_seconds: float


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables; docs/indexer.md lists them. Raises SettingInvalid."""
    database_url = environment.get("LIGHTDOM_DATABASE_URL", "")
    if not database_url:
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "is not set; `make up` sets it, or name a PostgreSQL server")
    port = _whole(environment, "LIGHTDOM_RPC_PORT", 8545, least=1, most=65535)
    rpc_url = environment.get("LIGHTDOM_RPC_URL") or f"http://127.0.0.1:{port}"
    for url in rpc_url.split(","):
        _check_rpc_url(url)
    return Settings(
        database_url=database_url,
        rpc_url=rpc_url,
        home=Path(environment.get("LIGHTDOM_HOME") or ".lightdom"),
        confirmations=_whole(environment, "LIGHTDOM_CONFIRMATIONS", 0),
        poll_seconds=_whole(environment, "LIGHTDOM_INDEXER_POLL_MILLISECONDS", 200, least=10) / 1000,
        patience_seconds=_whole(environment, "LIGHTDOM_INDEXER_PATIENCE_MILLISECONDS", 2000) / 1000,
        window_blocks=_whole(environment, "LIGHTDOM_INDEXER_WINDOW_BLOCKS", 10_000, least=1),
        reorg_blocks=_whole(environment, "LIGHTDOM_INDEXER_REORG_BLOCKS", 256, least=1),
        answer_bytes=_whole(environment, "LIGHTDOM_INDEXER_ANSWER_BYTES", 64 * 1024 * 1024, least=64 * 1024),
        finality=_finality(environment.get("LIGHTDOM_INDEXER_FINALITY") or "auto"),
        metrics_port=_whole(environment, "LIGHTDOM_INDEXER_METRICS_PORT", 0, most=65535),
        timeout_seconds=_whole(environment, "LIGHTDOM_INDEXER_TIMEOUT_MILLISECONDS", 30_000, least=1) / 1000,
        ws_url=_ws_url(environment.get("LIGHTDOM_WS_URL") or "auto"),
    )


def _check_rpc_url(url: str) -> None:
    # The URL may hold a key: it is not repeated.
    if not url.startswith(("http://", "https://")):
        raise SettingInvalid("LIGHTDOM_RPC_URL", "must begin with http:// or https://")
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        is_whole = False
    if not is_whole:
        raise SettingInvalid("LIGHTDOM_RPC_URL", "is not a URL like http://host:port")


def _ws_url(text: str) -> str:
    if text not in ("auto", "none") and not text.startswith(("ws://", "wss://")):
        # The URL may hold a key: it is not repeated.
        raise SettingInvalid("LIGHTDOM_WS_URL", "is not auto, none or a URL that begins with ws:// or wss://")
    return text


def _finality(text: str) -> str:
    if text not in ("auto", "tags", "safe", "none") and not text.isdecimal():
        raise SettingInvalid(
            "LIGHTDOM_INDEXER_FINALITY", f"{text!r} is not auto, tags, safe, none or a number of blocks"
        )
    return text


def _whole(environment: Mapping[str, str], name: str, default: int, least: int = 0, most: int = 2**63 - 1) -> int:
    text = environment.get(name) or str(default)
    try:
        number = int(text)
    except ValueError as error:
        raise SettingInvalid(name, f"{text!r} is not a whole number") from error
    if not least <= number <= most:
        raise SettingInvalid(name, f"{number} is not between {least} and {most}")
    return number
