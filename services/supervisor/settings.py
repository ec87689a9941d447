"""What the supervisor needs of the environment: the state folder, ports, and which services are outside ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from services.errors import SettingInvalid

# The folder that holds the sources: commands of the services are run from here.
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class SupervisorSettings:
    """Ports of local services; a URL that is not None names an outside service, which is checked and never started."""

    home: Path
    api_port: int
    rpc_port: int
    database_port: int
    ipfs_port: int
    outside_database_url: str | None
    outside_rpc_url: str | None
    outside_ipfs_url: str | None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def rpc_url(self) -> str:
        return self.outside_rpc_url or f"http://127.0.0.1:{self.rpc_port}"

    @property
    def ipfs_url(self) -> str:
        return self.outside_ipfs_url or f"http://127.0.0.1:{self.ipfs_port}"


def read_supervisor_settings(environ: Mapping[str, str] = os.environ) -> SupervisorSettings:
    """Settings from LIGHTDOM_* variables; raises SettingInvalid naming the variable."""
    return SupervisorSettings(
        home=Path(environ.get("LIGHTDOM_HOME") or PROJECT / ".lightdom").absolute(),
        api_port=_port(environ, "LIGHTDOM_API_PORT", 8420),
        rpc_port=_port(environ, "LIGHTDOM_RPC_PORT", 8545),
        database_port=_port(environ, "LIGHTDOM_DATABASE_PORT", 54329),
        ipfs_port=_port(environ, "LIGHTDOM_IPFS_PORT", 5001),
        outside_database_url=_url(environ, "LIGHTDOM_DATABASE_URL", ("postgresql", "postgres")),
        outside_rpc_url=_url(environ, "LIGHTDOM_RPC_URL", ("http", "https")),
        outside_ipfs_url=_url(environ, "LIGHTDOM_IPFS_URL", ("http", "https", "file")),
    )


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise SettingInvalid(name, value, "a port from 1 to 65535")
    return int(value)


def _url(environ: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    value = environ.get(name)
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme.partition("+")[0] not in schemes or not (parts.netloc or parts.scheme == "file"):
        # Not the value: it may carry a password.
        raise SettingInvalid(name, f"{parts.scheme}://...", f"a URL ({', '.join(schemes)})")
    return value.rstrip("/")
