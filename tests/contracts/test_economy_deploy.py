"""Plans, nodes, models and mining stand behind proxies that outlive their code, with the figures of one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from scripts.deployment.contracts import Deployer
from scripts.deployment.economy import PROXIED
from scripts.deployment.figures import PLANS, STAKE_PER_KIB_WEI
from scripts.deployment.roles import ROLES
from tests.contracts.conftest import House
from tests.contracts.test_deploy import CHAIN, FOLDER, deploy

# Functions of ours that are asked for a role by the AccessManager.
HOLDERS = {"EMITTER": ("NodeManager", "MiningEngine"), "CASHIER": ("PlanRegistry",)}


def implementations(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / FOLDER / CHAIN).read_text())["implementations"]
    return found


@pytest.mark.parametrize("name", PROXIED)
def test_nobody_can_initialize_a_proxy_or_its_code_again(house: House, home: Path, name: str) -> None:
    from ape.exceptions import ContractLogicError

    proxied = house.contracts[name]
    code = type(proxied)(implementations(home)[name]["address"], proxied.contract_type)
    arguments = (house.AccessManager.address, *((60,) if name == "MiningEngine" else ()))
    for target in (proxied, code):
        with pytest.raises(ContractLogicError):
            target.initialize(*arguments, sender=house.accounts[9])


@pytest.mark.parametrize("name", PROXIED)
def test_a_stranger_cannot_upgrade(house: House, home: Path, name: str) -> None:
    from ape.exceptions import ContractLogicError

    with pytest.raises(ContractLogicError):
        house.contracts[name].upgradeToAndCall(implementations(home)[name]["address"], b"", sender=house.accounts[9])


def test_the_manifest_names_the_code_behind_each_proxy(house: House, home: Path, provider: Any) -> None:
    found = implementations(home)

    assert set(found) == set(PROXIED)
    deployer = Deployer(house.accounts[0], provider, None)  # type: ignore[arg-type]  # it only looks at the chain
    for name in PROXIED:
        entry = found[name]
        assert deployer.implementation_of(house.contracts[name].address) == entry["address"]
        assert "0x" + keccak(bytes(provider.get_code(entry["address"]))).hex() == entry["codeHash"]


def test_contracts_and_no_person_hold_the_roles_that_move_money(house: House) -> None:
    for role, names in HOLDERS.items():
        for name in names:
            assert house.AccessManager.hasRole(ROLES[role], house.contracts[name].address)[0]
        assert not house.AccessManager.hasRole(ROLES[role], house.accounts[0].address)[0]


def test_the_plans_on_chain_are_those_of_the_figures(house: House) -> None:
    token = house.DOMSpaceToken.address
    for plan in PLANS:
        name, terms = house.PlanRegistry.planOf(plan.plan_id)
        assert (name, tuple(terms)) == (plan.name, plan.terms())
        assert tuple(house.PlanRegistry.priceOf(plan.plan_id, token)) == plan.price(18)
    assert [plan.month_cents for plan in PLANS] == [2900, 9900, 49900]
    assert PLANS[2].price(6) == (499 * 10**6, 1000 * 10**6, 10**4)
    assert house.NodeManager.stakePerKibWei() == STAKE_PER_KIB_WEI


def test_a_client_subscribes_on_the_deployed_contracts(house: House) -> None:
    client, treasury = house.accounts[8], house.accounts[7]
    house.DOMSpaceToken.transfer(client, 29 * 10**18, sender=treasury)
    house.DOMSpaceToken.approve(house.PlanRegistry, 29 * 10**18, sender=client)

    house.PlanRegistry.subscribe(1, house.DOMSpaceToken, 1, 29 * 10**18, sender=client)

    assert house.PlanRegistry.statusOf(client) == 2
    assert house.DOMSpaceToken.balanceOf(house.PlanRegistry) == 29 * 10**18


def test_new_code_comes_behind_the_same_proxy_and_the_state_lives_on(house: House, home: Path) -> None:
    client = house.accounts[8]
    house.PlanRegistry.startTrial(1, sender=client)
    path = home / FOLDER / CHAIN
    manifest = json.loads(path.read_text())
    before = manifest["implementations"]["PlanRegistry"]
    for name in ("creationHash", "sourceHash"):
        before[name] = "0x" + "00" * 32
    path.write_text(json.dumps(manifest))

    assert deploy() == 2

    after = json.loads(path.read_text())
    assert after["contracts"]["PlanRegistry"] == manifest["contracts"]["PlanRegistry"]
    assert after["implementations"]["PlanRegistry"]["address"] != before["address"]
    assert house.PlanRegistry.statusOf(client) == 1
    assert deploy() == 0
