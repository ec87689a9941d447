"""The state folder: who may enter it, and that one supervisor at a time holds it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.supervisor.errors import AlreadyRunning, DiskShort, StateCorrupt
from services.supervisor.identity import ProcessIdentity, identify

# The databases of a demo take about 100 MiB; the rest is so that they are not the ones to fill the disk.
NEEDED_BYTES = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Home:
    """Paths in the state folder."""

    folder: Path

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def record(self) -> Path:
        """What the running supervisor says of itself: its identity, its children's, and URLs. For its owner only."""
        return self.folder / "run.json"

    @property
    def secrets(self) -> Path:
        """The local run's secrets (services/auth/secrets.py): made once, for its owner only."""
        return self.folder / "secrets"

    @property
    def lock(self) -> Path:
        return self.folder / "supervisor.lock"

    def prepare(self) -> None:
        """Makes the folder; raises DiskShort or StateCorrupt before anything is written in vain."""
        if self.folder.exists() and not self.folder.is_dir():
            raise StateCorrupt("the state folder is a file", self.folder, "Move it away, or set LIGHTDOM_HOME.")
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            # Root's Postgres runs as another user, who must be able to pass through, and no more.
            self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
            self.logs.chmod(0o700)
        except OSError as error:
            raise StateCorrupt(
                f"the state folder cannot be made: {error.strerror}",
                self.folder,
                "Set LIGHTDOM_HOME to a folder of yours.",
            ) from error
        free_bytes = shutil.disk_usage(self.folder).free
        if free_bytes < NEEDED_BYTES:
            raise DiskShort(self.folder, free_bytes, NEEDED_BYTES)


class HomeLock:
    """Held for a supervisor's life. The kernel lets go of it however the process ends."""

    def __init__(self, home: Home) -> None:
        self._descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            running = RunRecord.read(home)
            raise AlreadyRunning(home.folder, running.supervisor.pid if running else None) from None

    def release(self) -> None:
        """Lets go of the folder."""
        os.close(self._descriptor)


def is_held(home: Home) -> bool:
    """Whether a supervisor holds the folder now."""
    try:
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a supervisor left in `run.json`. `is_up` says that the final screen was reached."""

    supervisor: ProcessIdentity
    children: dict[str, ProcessIdentity]
    database_url: str
    rpc_url: str
    ipfs_url: str
    api_url: str
    is_up: bool

    @classmethod
    def read(cls, home: Home) -> RunRecord | None:
        """The record, or None if there is none or it is not whole. Its run may be over."""
        try:
            content: dict[str, Any] = json.loads(home.record.read_text())
            return cls(
                ProcessIdentity(**content["supervisor"]),
                {name: ProcessIdentity(**child) for name, child in content["children"].items()},
                content["databaseUrl"],
                content["rpcUrl"],
                content["ipfsUrl"],
                content["apiUrl"],
                content["isUp"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, home: Home) -> None:
        """Replaces the record in one step."""
        content = {
            "supervisor": {"pid": self.supervisor.pid, "started": self.supervisor.started},
            "children": {
                name: {"pid": child.pid, "started": child.started} for name, child in sorted(self.children.items())
            },
            "databaseUrl": self.database_url,
            "rpcUrl": self.rpc_url,
            "ipfsUrl": self.ipfs_url,
            "apiUrl": self.api_url,
            "isUp": self.is_up,
        }
        write_whole(home.record, json.dumps(content, indent=2).encode() + b"\n")


def own_identity() -> ProcessIdentity:
    """The identity of this process."""
    return identify(os.getpid())


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file for its owner only; a reader, or the next run after a power cut, sees all of it or the old one."""
    partial = path.with_name(f"{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
