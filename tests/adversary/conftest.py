"""The real contracts on an anvil of their own, and the services' view of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tests.contracts.conftest as contracts
from services.chain import Chain, connect
from services.settings import read_settings
from tests.adversary.host import Host, serving
from tests.adversary.world import World

collect_ignore_glob = getattr(contracts, "collect_ignore_glob", [])
provider, deployed = contracts.provider, contracts.deployed


@pytest.fixture(scope="session")
def chain(provider: Any, deployed: tuple[contracts.House, Path]) -> Chain:
    """The deployed contracts as provers, challengers and verifiers reach them."""
    _, home = deployed
    return connect(read_settings({"LIGHTDOM_HOME": str(home), "LIGHTDOM_RPC_URL": provider.uri}))


@pytest.fixture
def home(deployed: tuple[contracts.House, Path], tmp_path: Path) -> Path:
    """A state folder of its own, with the manifest of the deployment."""
    copied = tmp_path / "home"
    shutil.copytree(deployed[1], copied)
    return copied


@pytest.fixture
def world(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> World:
    environment = {
        "LIGHTDOM_HOME": str(home),
        "LIGHTDOM_RPC_URL": chain.url,
        "LIGHTDOM_IPFS_URL": f"file://{tmp_path}/store",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return World(chain, read_settings(environment))


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A web server on this machine, which the verbs may reach."""
    monkeypatch.setenv("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES", "1")
    with serving() as host:
        yield host
