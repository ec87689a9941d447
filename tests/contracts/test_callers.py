"""After the hand-over: every function of every contract, called by every kind of caller. No one key owns anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from eth_abi import encode
from eth_account import Account
from eth_utils import keccak

from scripts.deploy import deploy_all, open_deployer
from scripts.deployment.administration import SafeTooWeak
from scripts.deployment.roles import FUNCTIONS, ROLES
from tests.contracts.callers import EVERYWHERE, GUARDED, HOLDERS, OPEN
from tests.contracts.safe import Rpc, deploy_safe, execute

OWNERS = [Account.from_key(keccak(text=f"owner {number}")) for number in range(3)]
UNAUTHORIZED = "AccessManagedUnauthorized(address)"


def rpc_of(provider: Any) -> Rpc:
    return lambda method, parameters: provider.make_request(method, parameters)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The deployment by name, who may try to call it, and the Safe that has it."""

    contracts: dict[str, Any]
    callers: dict[str, str]
    safe: str
    home: Path
    rpc: Rpc
    node: Any
    """web3's provider, which gives a node's answer as it is, errors and all."""
    sender: str


@pytest.fixture(scope="module")
def house(provider: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HandedOver]:
    from ape import accounts, chain, project

    snapshot = chain.snapshot()
    home = tmp_path_factory.mktemp("handed-over")
    rpc, sender = rpc_of(provider), accounts.test_accounts[9].address
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LIGHTDOM_HOME", str(home))
        weak = deploy_safe(rpc, sender, [OWNERS[0].address], 1)
        environment.setenv("LIGHTDOM_SAFE", weak)
        deployer, parameters = open_deployer(provider)
        with pytest.raises(SafeTooWeak, match="needs 1 signature"):
            deploy_all(deployer, parameters, project)

        safe = deploy_safe(rpc, sender, [owner.address for owner in OWNERS], 2)
        environment.setenv("LIGHTDOM_SAFE", safe)
        deployer, parameters = open_deployer(provider)
        contracts = deploy_all(deployer, parameters, project)
        callers = {name: contract.address for name, contract in contracts.items()} | {
            "Safe": str(parameters.safe),
            "owner of the Safe": OWNERS[0].address,
            "deployer": deployer.account.address,
            "treasury": parameters.treasury,
            "verifier": parameters.verifiers[0],
            "stranger": accounts.test_accounts[6].address,
        }
        yield HandedOver(contracts, callers, str(parameters.safe), home, rpc, provider.web3.provider, sender)
    chain.restore(snapshot)


def changing(contract: Any) -> list[dict[str, Any]]:
    """The functions of a contract that change something, as JSON ABI."""
    entries = json.loads(contract.contract_type.model_dump_json(include={"abi"}))["abi"]
    return [e for e in entries if e["type"] == "function" and e["stateMutability"] not in ("view", "pure")]


def nothing(parameter: dict[str, Any]) -> Any:
    """The least value of an ABI type."""
    kind = str(parameter["type"])
    if kind.endswith("]"):
        base, _, length = kind[:-1].rpartition("[")
        return [nothing({**parameter, "type": base})] * int(length or 0)
    if kind == "tuple":
        return tuple(nothing(member) for member in parameter["components"])
    if kind == "string":
        return ""
    if kind == "bool":
        return False
    if kind == "address":
        return "0x" + "00" * 20
    if kind.startswith("bytes"):
        return bytes(int(kind[5:] or 0))
    return 0


def type_of(parameter: dict[str, Any]) -> str:
    kind = str(parameter["type"])
    if kind.startswith("tuple"):
        return "(" + ",".join(type_of(member) for member in parameter["components"]) + ")" + kind[5:]
    return kind


def calldata(function: dict[str, Any]) -> bytes:
    types = [type_of(parameter) for parameter in function["inputs"]]
    signature = f"{function['name']}({','.join(types)})"
    return keccak(text=signature)[:4] + encode(types, [nothing(parameter) for parameter in function["inputs"]])


def refusals(house: HandedOver, name: str, function: dict[str, Any], error: str) -> set[str]:
    """The callers to whom the chain answers this error."""
    selector = "0x" + keccak(text=error)[:4].hex()
    data = "0x" + calldata(function).hex()
    refused = set()
    for caller, address in house.callers.items():
        call = {"from": address, "to": house.contracts[name].address, "data": data}
        if answer_of(house.node, call).startswith(selector):
            refused.add(caller)
    return refused


def answer_of(node: Any, call: dict[str, str]) -> str:
    """What a call gives or reverts with."""
    answer = node.make_request("eth_call", [call, "latest"])
    return str(answer["error"].get("data", "0x") if "error" in answer else answer["result"])


def test_every_function_that_changes_anything_has_its_row(house: HandedOver) -> None:
    for name, contract in house.contracts.items():
        rows = {*FUNCTIONS.get(name, {}), *GUARDED.get(name, {}), *OPEN.get(name, frozenset()), *EVERYWHERE}
        there = {str(function["name"]) for function in changing(contract)}
        assert there <= rows, f"{name}: no row for {sorted(there - rows)}"
        assert rows - {*EVERYWHERE} <= there, f"{name}: no function for {sorted(rows - {*EVERYWHERE} - there)}"


def test_a_role_s_function_refuses_everybody_who_does_not_hold_it(house: HandedOver) -> None:
    for name, functions in FUNCTIONS.items():
        for function in changing(house.contracts[name]):
            role = functions.get(function["name"])
            if role is None or role == "VERIFIER":
                continue
            refused = refusals(house, name, function, UNAUTHORIZED)
            assert {*house.callers} - refused == HOLDERS[role], f"{name}.{function['name']}"


def test_what_guards_itself_refuses_everybody_else(house: HandedOver) -> None:
    for name, functions in GUARDED.items():
        for function in changing(house.contracts[name]):
            if function["name"] in functions:
                allowed, error = functions[function["name"]]
                refused = refusals(house, name, function, error)
                assert {*house.callers} - refused == allowed, f"{name}.{function['name']}"


def test_nobody_changes_an_authority_or_initializes_again(house: HandedOver) -> None:
    for name, contract in house.contracts.items():
        for function in changing(contract):
            if function["name"] in EVERYWHERE:
                refused = refusals(house, name, function, EVERYWHERE[function["name"]])
                assert refused == {*house.callers} - ({"AccessManager"} & {*house.callers} - refused)
                assert {*house.callers} - refused <= {"AccessManager"}


def test_what_is_open_asks_nobody_for_a_role(house: HandedOver) -> None:
    for name, functions in OPEN.items():
        for function in changing(house.contracts[name]):
            if function["name"] in functions:
                assert refusals(house, name, function, UNAUTHORIZED) == set(), f"{name}.{function['name']}"


def test_no_account_of_one_key_holds_a_role(house: HandedOver) -> None:
    authority = house.contracts["AccessManager"]
    for role, number in {"ADMIN": 0, **ROLES}.items():
        if role == "VERIFIER":
            continue
        for person in ("owner of the Safe", "deployer", "treasury", "verifier", "stranger"):
            assert not authority.hasRole(number, house.callers[person])[0], f"{person} is {role}"


def test_the_deployer_s_next_run_sends_nothing_and_proposes_nothing(house: HandedOver, provider: Any) -> None:
    from ape import project

    deployer, parameters = open_deployer(provider)
    deploy_all(deployer, parameters, project)

    assert deployer.changes == 0
    assert not list((house.home / "deployments").glob("*.schedule.json"))


def test_a_changed_contract_is_proposed_signed_by_two_waits_and_is_executed(house: HandedOver, provider: Any) -> None:
    """One signature is not enough, and two are not enough before the delay."""
    from ape import chain, project

    snapshot = chain.snapshot()
    plans = house.contracts["PlanRegistry"]
    path = house.home / "deployments" / "31337.json"
    kept = path.read_text()
    manifest = json.loads(kept)
    before = manifest["implementations"]["PlanRegistry"]
    before["creationHash"] = before["sourceHash"] = "0x" + "00" * 32
    path.write_text(json.dumps(manifest))
    deployer, parameters = open_deployer(provider)

    deploy_all(deployer, parameters, project)

    assert deployer.changes == 1  # the code alone, which nobody uses yet
    assert deployer.implementation_of(plans.address) == before["address"]
    for number, name in enumerate(("schedule", "execute")):
        step = json.loads(path.with_suffix(f".{name}.json").read_text())["transactions"][0]
        to, data = step["to"], bytes.fromhex(step["data"][2:])
        assert to == house.contracts["AdminTimelock"].address
        assert not execute(house.rpc, house.sender, house.safe, OWNERS[:1], to, data)
        if number == 1:
            assert not execute(house.rpc, house.sender, house.safe, OWNERS[:2], to, data)
            house.rpc("evm_increaseTime", [parameters.admin_delay_seconds])
            house.rpc("evm_mine", [])
        assert execute(house.rpc, house.sender, house.safe, OWNERS[1:], to, data)
    after = json.loads(path.read_text())["implementations"]["PlanRegistry"]["address"]
    assert deployer.implementation_of(plans.address) == after != before["address"]
    path.write_text(kept)
    chain.restore(snapshot)
