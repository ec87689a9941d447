"""Settings of the API, read once from the environment and passed down; nothing else in this package reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from api.errors import SettingMissing, SettingRefused

_LOOPBACK = "127.0.0.1"
_PORT = 8420
_DASHBOARDS = Path(__file__).resolve().parents[2] / "dashboards" / "dist"
_OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
_LAG_LIMIT_BLOCKS = 20
_STATEMENT_TIMEOUT_MS = 5_000
_POOL_SIZE = 10
_RPC_URL = "http://127.0.0.1:8545"
_ENVIRONMENT = "dev"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that one API process needs to know before it starts."""

    database_url: str
    host: str = _LOOPBACK
    port: int = _PORT
    dashboards: Path = _DASHBOARDS
    allowed_hosts: tuple[str, ...] = _OWN_NAMES
    lag_limit_blocks: int = _LAG_LIMIT_BLOCKS
    silence_limit_seconds: int = 30
    statement_timeout_ms: int = _STATEMENT_TIMEOUT_MS
    pool_size: int = _POOL_SIZE
    body_limit_bytes: int = 100_000
    rpc_url: str = _RPC_URL
    # What browsers call us; wallets sign for these names only. None: this machine's names at our port.
    public_urls: tuple[str, ...] = ()
    # Without it there are no API keys.
    secrets_file: Path | None = None
    # Part of every API key: one of a test never works elsewhere.
    environment: str = _ENVIRONMENT
    # Who may read /metrics from elsewhere; None: nobody.
    metrics_token: str | None = field(default=None, repr=False)

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins of our own pages, the one to show first."""
        return self.public_urls or (f"http://localhost:{self.port}", f"http://{_LOOPBACK}:{self.port}")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from LIGHTDOM_* variables.

    Raises SettingMissing without a database, SettingRefused for a value that cannot be meant.
    """
    database_url = environment.get("LIGHTDOM_DATABASE_URL", "")
    if not database_url:
        raise SettingMissing("LIGHTDOM_DATABASE_URL")
    if not database_url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        raise SettingRefused("LIGHTDOM_DATABASE_URL", "it must begin with postgresql://")
    return Settings(
        database_url=database_url,
        host=environment.get("LIGHTDOM_API_HOST") or _LOOPBACK,
        port=_number(environment, "LIGHTDOM_API_PORT", _PORT, 1, 65_535),
        dashboards=Path(environment.get("LIGHTDOM_DASHBOARDS") or _DASHBOARDS),
        allowed_hosts=_OWN_NAMES + _words(environment.get("LIGHTDOM_ALLOWED_HOSTS", "")),
        lag_limit_blocks=_number(environment, "LIGHTDOM_LAG_LIMIT_BLOCKS", _LAG_LIMIT_BLOCKS, 0, 1_000_000),
        statement_timeout_ms=_number(environment, "LIGHTDOM_STATEMENT_TIMEOUT_MS", _STATEMENT_TIMEOUT_MS, 1, 600_000),
        pool_size=_number(environment, "LIGHTDOM_API_POOL", _POOL_SIZE, 1, 1_000),
        rpc_url=environment.get("LIGHTDOM_RPC_URL") or _RPC_URL,
        public_urls=_origins(environment),
        secrets_file=Path(secrets) if (secrets := environment.get("LIGHTDOM_SECRETS_FILE")) else None,
        environment=_environment(environment),
        metrics_token=_metrics_token(environment),
    )


def _origins(environment: Mapping[str, str]) -> tuple[str, ...]:
    name = "LIGHTDOM_PUBLIC_URLS"
    urls = _words(environment.get(name, ""))
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or url != f"{parts.scheme}://{parts.netloc}" or not parts.netloc:
            raise SettingRefused(name, "it must be origins such as https://lightdom.example, without a path")
    return urls


def _environment(environment: Mapping[str, str]) -> str:
    word = environment.get("LIGHTDOM_ENVIRONMENT") or _ENVIRONMENT
    if not re.fullmatch("[a-z]{2,8}", word):
        raise SettingRefused("LIGHTDOM_ENVIRONMENT", "it must be 2 to 8 small letters, such as live")
    return word


def _metrics_token(environment: Mapping[str, str]) -> str | None:
    name = "LIGHTDOM_METRICS_TOKEN_FILE"
    path = environment.get(name)
    if not path:
        return None
    try:
        token = Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise SettingRefused(name, "it must name a file with a token in it") from None
    if not re.fullmatch(r"[!-~]{16,256}", token):
        raise SettingRefused(name, "the file must hold 16 to 256 printable characters")
    return token


def _number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    # isdecimal also holds for other scripts' digits, which int() would accept without anyone having meant them.
    if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
        raise SettingRefused(name, f"it must be a whole number from {least} to {most}")
    return int(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)
