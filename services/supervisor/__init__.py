"""Runs LightDom on one machine: database, chain, IPFS node, indexer, workers, API; or checks the outside ones named.

Invariants: whatever ends the supervisor ends every process it started; whatever ends them, nothing they acknowledged is
lost; nothing is started while a needed port is taken or another supervisor holds the state folder.
"""

from services.supervisor.chain import Chain
from services.supervisor.home import Home, RunRecord
from services.supervisor.ipfs import Ipfs
from services.supervisor.local import LocalRun
from services.supervisor.logs import follow
from services.supervisor.postgres import Postgres
from services.supervisor.settings import SupervisorSettings, read_supervisor_settings
from services.supervisor.up import down, running_record, up, up_once

__all__ = [
    "Chain",
    "Home",
    "Ipfs",
    "LocalRun",
    "Postgres",
    "RunRecord",
    "SupervisorSettings",
    "down",
    "follow",
    "read_supervisor_settings",
    "running_record",
    "up",
    "up_once",
]
