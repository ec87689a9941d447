"""The settings of a LightDom process, read once at its entry and passed down. Nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from services.errors import SettingInvalid

DEFAULT_API_PORT = 8420
DEFAULT_RPC_PORT = 8545
DEFAULT_IPFS_PORT = 5001


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. URLs are those of the local run unless the environment names outside ones."""

    home: Path
    rpc_url: str
    ipfs_url: str
    api_url: str
    keystores: Mapping[str, Path]
    passphrase_file: Path | None
    # Pages on this machine may be fetched: for tests and local development only.
    loopback_permitted: bool
    # Folder that verifier nodes share for their words on served pages.
    board: Path

    @property
    def deployments(self) -> Path:
        """Folder of deployment manifests, one `<chain id>.json` each."""
        return self.home / "deployments"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from LIGHTDOM_* variables; raises SettingInvalid naming the variable."""
    rpc_port = _port(environ, "LIGHTDOM_RPC_PORT", DEFAULT_RPC_PORT)
    ipfs_port = _port(environ, "LIGHTDOM_IPFS_PORT", DEFAULT_IPFS_PORT)
    api_port = _port(environ, "LIGHTDOM_API_PORT", DEFAULT_API_PORT)
    prefix = "LIGHTDOM_KEYSTORE_"
    passphrase = environ.get("LIGHTDOM_PASSPHRASE_FILE")
    home = Path(environ.get("LIGHTDOM_HOME") or ".lightdom").absolute()
    return Settings(
        home=home,
        rpc_url=_url(environ, "LIGHTDOM_RPC_URL", f"http://127.0.0.1:{rpc_port}", {"http", "https"}),
        ipfs_url=_url(environ, "LIGHTDOM_IPFS_URL", f"http://127.0.0.1:{ipfs_port}", {"http", "https", "file"}),
        api_url=_url(environ, "LIGHTDOM_API_URL", f"http://127.0.0.1:{api_port}", {"http", "https"}),
        keystores={
            name[len(prefix) :].lower(): Path(path) for name, path in environ.items() if name.startswith(prefix)
        },
        passphrase_file=Path(passphrase) if passphrase else None,
        loopback_permitted=environ.get("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES") == "1",
        board=Path(environ.get("LIGHTDOM_VOTE_BOARD") or home / "board").absolute(),
    )


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise SettingInvalid(name, value, "a port from 1 to 65535")
    return int(value)


def _url(environ: Mapping[str, str], name: str, default: str, schemes: set[str]) -> str:
    value = environ.get(name) or default
    parts = urlsplit(value)
    if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "file"):
        raise SettingInvalid(name, value, f"a URL ({', '.join(sorted(schemes))})")
    return value.rstrip("/")
