"""Settings of the API, read once from the environment and passed down; nothing else in this package reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.errors import SettingMissing, SettingRefused

_LOOPBACK = "127.0.0.1"
_PORT = 8420
_DASHBOARDS = Path(__file__).resolve().parents[2] / "dashboards" / "dist"
_OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
_LAG_LIMIT_BLOCKS = 20
_STATEMENT_TIMEOUT_MS = 5_000
_POOL_SIZE = 10


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
    )


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
