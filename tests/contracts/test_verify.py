"""`ape run verify` says what differs between a chain, the manifest and the build, and sends nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.deploy import open_deployer
from scripts.deployment.contracts import Deployer
from scripts.deployment.roles import ROLES
from scripts.deployment.verification import verify
from tests.contracts.conftest import House


@pytest.fixture
def deployer(house: House, home: Path, provider: Any) -> Deployer:
    return open_deployer(provider)[0]


def faults(deployer: Deployer) -> list[tuple[str, str]]:
    from ape import project

    return [(finding.contract, finding.fault) for finding in verify(deployer, project)]


def test_a_contract_whose_code_is_gone_or_changed_is_named(house: House, deployer: Deployer, provider: Any) -> None:
    provider.make_request("anvil_setCode", [house.VirtualLandNFT.address, "0x"])
    provider.make_request("anvil_setCode", [house.Answers.address, "0x6001"])

    found = dict(faults(deployer))

    assert set(found) == {"VirtualLandNFT", "Answers"}
    assert "no code" in found["VirtualLandNFT"]
    assert "not the one that was deployed" in found["Answers"]


def test_a_proxy_with_other_code_is_named(house: House, deployer: Deployer) -> None:
    other = deployer.manifest.implementations["ModelStorage"].address
    house.PlanRegistry.upgradeToAndCall(other, b"", sender=house.accounts[0])

    ((name, fault),) = faults(deployer)

    assert name == "PlanRegistry"
    assert f"the proxy uses {other}" in fault


def test_a_function_under_another_role_is_named(house: House, deployer: Deployer) -> None:
    selector = bytes.fromhex("8456cb59")  # pause()
    house.AccessManager.setTargetFunctionRole(
        house.ModelStorage.address, [selector], ROLES["STEWARD"], sender=house.accounts[0]
    )

    assert faults(deployer) == [("ModelStorage", "pause is not asked for the role PAUSER")]


def test_a_deployment_as_it_was_left_has_no_fault(house: House, deployer: Deployer) -> None:
    assert faults(deployer) == []
