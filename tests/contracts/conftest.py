"""ape with an anvil of its own, and the contracts deployed on it as `ape run deploy` deploys them."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.bootstrap.libraries import put_libraries

ROOT = Path(__file__).parents[2]


def _set_up_tools() -> None:
    """What scripts/env.sh exports, for a pytest started without it. Before ape is imported: it reads it then."""
    os.environ.setdefault("APE_DATA_FOLDER", str(ROOT / ".lightdom" / "ape"))
    os.environ.setdefault("SOLCX_BINARY_PATH", str(ROOT / "scripts" / "solc"))
    tools = [
        str(path)
        for path in ROOT.glob("node_modules/@foundry-rs/*/bin")
        if (path / path.parent.name.split("-")[0]).exists()
    ]
    os.environ["PATH"] = os.pathsep.join([*tools, os.environ["PATH"]])
    if not (ROOT / "build" / "openzeppelin").is_dir():
        put_libraries(ROOT / "contracts", ROOT / "node_modules", ROOT / "build" / "openzeppelin")


_set_up_tools()
if not any(ROOT.glob("node_modules/@foundry-rs/anvil-*/bin/anvil")):
    collect_ignore_glob = ["test_*.py"]


@dataclass(frozen=True, slots=True)
class House:
    """The deployed contracts by their names in the manifest, and anvil's accounts by their parts."""

    contracts: dict[str, Any]
    accounts: Any

    def __getattr__(self, name: str) -> Any:
        return self.contracts[name]


@pytest.fixture(scope="session")
def provider() -> Iterator[Any]:
    """A chain that lives as long as the test session."""
    with pytest.MonkeyPatch.context() as environment, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ape's dependencies, not ours
        from ape import networks
        from ape.api.providers import SubprocessProvider

        start = SubprocessProvider.start
        # Its 20 seconds are not enough on a machine that does much else.
        environment.setattr(SubprocessProvider, "start", lambda provider, timeout=20: start(provider, 9 * timeout))
        with networks.ethereum.local.use_provider("foundry", provider_settings={"host": "auto"}) as connected:
            yield connected


@pytest.fixture(scope="session")
def deployed(provider: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    """The contracts, deployed once, and the home that their manifest is in."""
    from ape import accounts, project

    from scripts.deploy import deploy_all, open_deployer

    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LIGHTDOM_HOME", str(home))
        deployer, parameters = open_deployer(provider)
        return House(deploy_all(deployer, parameters, project), accounts.test_accounts), home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where manifests go; empty."""
    monkeypatch.setenv("LIGHTDOM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def chain(provider: Any) -> Iterator[Any]:
    """The chain, put back after the test to what it was before."""
    from ape import chain

    snapshot = chain.snapshot()
    yield chain
    chain.restore(snapshot)


@pytest.fixture
def house(deployed: tuple[House, Path], chain: Any, home: Path) -> House:
    """The deployed contracts, their manifest in `home`, everything undone after the test."""
    house, shared_home = deployed
    shutil.copytree(shared_home, home, dirs_exist_ok=True)
    return house
