"""The local run as a whole: which services there are, their order, and what each is told of the others."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from types import FrameType

from services.auth.secrets import add_secret
from services.supervisor.chain import Chain
from services.supervisor.contracts import Contracts
from services.supervisor.errors import (
    OutsideServiceUnreachable,
    PortsTaken,
    StateCorrupt,
    SupervisorError,
    TakenPort,
)
from services.supervisor.home import Home, HomeLock, RunRecord, own_identity
from services.supervisor.ipfs import Ipfs
from services.supervisor.own import PythonService
from services.supervisor.ports import holder_of, is_free
from services.supervisor.postgres import Postgres
from services.supervisor.probe import NoAnswer, http, rpc
from services.supervisor.process import Child, Command
from services.supervisor.running import Running, Tell
from services.supervisor.service import Service
from services.supervisor.settings import PROJECT, SupervisorSettings

WORKERS = ("verifier", "challenger", "settler", "answerer")
_DEPLOY_SECONDS = 600.0
_MIGRATE_SECONDS = 600.0
_LAG_SECONDS = 120.0
_ORPHAN_SECONDS = 30.0


class LocalRun:
    """Everything of one state folder, from `start` to `stop`. One at a time a folder."""

    def __init__(self, settings: SupervisorSettings, tell: Tell) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self._tell = tell
        self._lock: HomeLock | None = None
        self._record: RunRecord | None = None
        self.running = Running(self.home.logs, tell, self._note_children)
        self.database_url = settings.outside_database_url or ""
        self.seconds_to_start = 0.0
        self._needed_by_workers: list[Service] = []

    def start(self) -> None:
        """Brings everything up; raises SupervisorError, or Stopped when a signal came. The caller then calls `stop`."""
        began = time.monotonic()
        self.start_stores()
        self._prepare_stores()
        self._start_own()
        self._set_up()
        self.seconds_to_start = time.monotonic() - began

    def start_stores(self) -> None:
        """Brings database and chain up and starts the blob store, or checks the outside ones; a part of `start`."""
        self.home.prepare()
        self._lock = HomeLock(self.home)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self._await_orphans()
        self._check_ports()
        self._check_outside()
        self._record = RunRecord(
            own_identity(), {}, "", self.settings.rpc_url, self.settings.ipfs_url, self.settings.api_url, is_up=False
        )
        self._start_stores()

    def stop(self) -> None:
        """Stops what was started, in reverse order. Safe at any point, and twice."""
        self.running.stop()
        if self._lock is not None:
            self.home.record.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def environment(self) -> dict[str, str]:
        """What every process of ours is told."""
        return environment_for(self.settings, self.database_url)

    def await_blobs(self) -> None:
        """Returns when the blob store is ready, which takes it longest and of which only the workers know."""
        self.running.await_ready(self._needed_by_workers)

    def _set_up(self) -> None:
        assert self._record is not None
        self._record = replace(self._record, is_up=True)
        self._record.write(self.home)

    def _start_stores(self) -> None:
        """Database, chain and blob store know nothing of each other: all three start at once."""
        needed_at_once: list[Service] = []
        database: Postgres | None = None
        if not self.settings.outside_database_url:
            database = Postgres(
                self.home.folder / "postgres", self.settings.database_port, self.running.log_of(Postgres.name)
            )
            needed_at_once.append(database)
        if not self.settings.outside_rpc_url:
            needed_at_once.append(Chain(self.home.folder / "chain", self.settings.rpc_port))
        if not self.settings.outside_ipfs_url:
            self._needed_by_workers.append(Ipfs(self.home.folder / "ipfs", self.settings.ipfs_port))
        # Postgres last: the others come up while initdb works.
        for store in reversed([*needed_at_once, *self._needed_by_workers]):
            self.running.start(store)
        if database is not None:
            self.database_url = database.url
        assert self._record is not None
        self._record = replace(self._record, database_url=self.database_url)
        self._record.write(self.home)
        self.running.await_ready(needed_at_once)

    def _prepare_stores(self) -> None:
        environment = self.environment()
        migrations = [
            self.running.begin_task(Command(name, (sys.executable, "-m", package, "migrate"), PROJECT, environment))
            for name, package in (("migrate", "indexer"), ("migrate-app", "services.database"))
        ]
        contracts = Contracts(self.home.folder / "deployments", self.settings.rpc_url)
        if contracts.are_current():
            self._tell(f"{'contracts':<12} current")
        elif contracts.may_deploy():
            deploy = self.running.begin_task(contracts.deploy_command(environment))
            self.running.finish_task(deploy, seconds=_DEPLOY_SECONDS)
            contracts.mark_current()
        else:
            raise StateCorrupt(
                "the contracts of this source are not on the chain that LIGHTDOM_RPC_URL names",
                self.home.folder / "deployments",
                "Put its deployment manifest there, or name the deploying ape account in LIGHTDOM_DEPLOYER_ALIAS.",
            )
        for migrate in migrations:
            self.running.finish_task(migrate, seconds=_MIGRATE_SECONDS)

    def _start_own(self) -> None:
        if not self.home.secrets.exists():
            add_secret(self.home.secrets, "first")
        environment = self.environment()
        api = PythonService("api", ("api",), environment, f"{self.settings.api_url}/health")
        own = [PythonService("indexer", ("indexer", "run"), environment), api]
        own += [PythonService(role, ("services.worker", role), environment) for role in WORKERS]
        own.append(PythonService("auditor", ("services.audit",), environment))
        # The node takes seconds to load; the indexer and the API do without it.
        for service in own[:2]:
            self.running.start(service)
        self.await_blobs()
        for service in own[2:]:
            self.running.start(service)
        self.running.await_ready(own)
        self._await_index()

    def _await_index(self) -> None:
        """The API says itself when the index has caught up with the chain."""
        deadline = time.monotonic() + _LAG_SECONDS
        while True:
            try:
                http(f"{self.settings.api_url}/ready")
                return
            except NoAnswer as why:
                if time.monotonic() > deadline:
                    raise SupervisorError(
                        f"the API is not ready: {why}", f"Look into {self.running.log_of('indexer')}"
                    ) from None
            self.running.pause(0.1)

    def _await_orphans(self) -> None:
        """Lets the children of a killed supervisor finish: the chain writes its state as it goes."""
        former = RunRecord.read(self.home)
        for name, child in former.children.items() if former else ():
            if child.is_alive():
                self._tell(f"{name:<12} of the last run is still stopping")
            if not child.wait_gone(_ORPHAN_SECONDS):
                child.signal(signal.SIGKILL)
                child.wait_gone(_ORPHAN_SECONDS)
        self.home.record.unlink(missing_ok=True)

    def _check_ports(self) -> None:
        settings = self.settings
        wanted = [(settings.api_port, "the API", "LIGHTDOM_API_PORT")]
        if not settings.outside_rpc_url:
            wanted.append((settings.rpc_port, "the chain", "LIGHTDOM_RPC_PORT"))
        if not settings.outside_database_url:
            wanted.append((settings.database_port, "Postgres", "LIGHTDOM_DATABASE_PORT"))
        if not settings.outside_ipfs_url:
            wanted.append((settings.ipfs_port, "the IPFS node", "LIGHTDOM_IPFS_PORT"))
        taken = [TakenPort(port, who, variable, holder_of(port)) for port, who, variable in wanted if not is_free(port)]
        numbers = [port for port, _, _ in wanted]
        taken += [
            TakenPort(port, who, variable, "another of LightDom's own services")
            for index, (port, who, variable) in enumerate(wanted)
            if port in numbers[:index]
        ]
        if taken:
            raise PortsTaken(taken)

    def _check_outside(self) -> None:
        settings = self.settings
        if settings.outside_database_url:
            _check_database(settings.outside_database_url)
        if settings.outside_rpc_url:
            try:
                rpc(settings.outside_rpc_url, "eth_chainId")
            except NoAnswer as why:
                raise OutsideServiceUnreachable("LIGHTDOM_RPC_URL", settings.outside_rpc_url, str(why)) from None
        if settings.outside_ipfs_url and not settings.outside_ipfs_url.startswith("file:"):
            try:
                http(f"{settings.outside_ipfs_url}/api/v0/version", "POST")
            except NoAnswer as why:
                raise OutsideServiceUnreachable("LIGHTDOM_IPFS_URL", settings.outside_ipfs_url, str(why)) from None

    def _note_children(self, children: dict[str, Child]) -> None:
        if self._record is not None:
            self._record = replace(self._record, children={name: child.identity for name, child in children.items()})
            self._record.write(self.home)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.running.ask_to_stop()


def environment_for(settings: SupervisorSettings, database_url: str) -> dict[str, str]:
    """The user's environment with every address in it, so that nothing guesses."""
    bin_folder = os.path.dirname(sys.executable)  # noqa: PTH120  # a link's target would leave the virtual environment
    return dict(os.environ) | {
        "LIGHTDOM_HOME": str(settings.home),
        "LIGHTDOM_DATABASE_URL": database_url,
        "LIGHTDOM_RPC_URL": settings.rpc_url,
        "LIGHTDOM_IPFS_URL": settings.ipfs_url,
        "LIGHTDOM_API_URL": settings.api_url,
        "LIGHTDOM_API_PORT": str(settings.api_port),
        "LIGHTDOM_SECRETS_FILE": os.environ.get("LIGHTDOM_SECRETS_FILE") or str(Home(settings.home).secrets),
        "PATH": os.pathsep.join([bin_folder, os.environ.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
    }


def _check_database(url: str) -> None:
    import psycopg

    plain = "postgresql://" + url.partition("://")[2]
    try:
        psycopg.connect(plain, connect_timeout=5).close()
    except psycopg.Error as why:
        reason = str(why).strip().splitlines()[-1]
        shown = "postgresql://..." + url.rpartition("@")[2]
        raise OutsideServiceUnreachable("LIGHTDOM_DATABASE_URL", shown, reason) from None
