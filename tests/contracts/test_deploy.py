"""`ape run deploy` deploys what is missing, wires it, and can be killed at any moment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from scripts.deploy import deploy_all, open_deployer
from scripts.deployment.contracts import Deployer
from scripts.deployment.economy import PROXIED
from scripts.deployment.manifest import Entry
from scripts.deployment.parameters import ParameterMissing, ParameterWrong, read_parameters
from scripts.deployment.roles import FUNCTIONS, ROLES
from tests.contracts.conftest import ROOT, House

FOLDER = "deployments"
CHAIN = "31337.json"


class Killed(Exception):
    """Stands for a kill -9: nothing after it runs."""


class MortalDeployer(Deployer):
    """Dies before a given step, a step being a transaction."""

    def __init__(self, whole: Deployer, life: int) -> None:
        super().__init__(whole.account, whole._provider, whole.manifest)
        self.life = life

    def _ensure(
        self,
        shelf: dict[str, Entry],
        name: str,
        container: Any,
        arguments: tuple[Any, ...],
        hashes: tuple[str, str],
    ) -> Any:
        self._step()
        return super()._ensure(shelf, name, container, arguments, hashes)

    def send(self, method: Any, *arguments: Any, value_wei: int = 0) -> None:
        self._step()
        super().send(method, *arguments, value_wei=value_wei)

    def _step(self) -> None:
        if self.changes >= self.life:
            raise Killed


def deploy(life: int | None = None) -> int:
    """Transactions that a run sent."""
    from ape import networks, project

    deployer, parameters = open_deployer(networks.provider)
    if life is not None:
        deployer = MortalDeployer(deployer, life)
    deploy_all(deployer, parameters, project)
    return deployer.changes


PUBLIC = {
    "LIGHTDOM_QUORUM": "5",
    "LIGHTDOM_MINIMUM_BOND_WEI": "10",
    "LIGHTDOM_DSH_PRICE_WEI": "20",
    "LIGHTDOM_MINIMUM_STAKE_WEI": "30",
    "LIGHTDOM_DOMAIN_QUOTA_WEI": "40",
    "LIGHTDOM_TREASURY": "0x" + "01" * 20,
    "LIGHTDOM_VERIFIERS": "0x" + "02" * 20 + ", 0x" + "03" * 20,
    "LIGHTDOM_BOND_TOKEN": "0x" + "04" * 20,
    "LIGHTDOM_SAFE": "0x" + "05" * 20,
}


@pytest.fixture
def public_settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("LIGHTDOM_WINDOW_SECONDS", raising=False)
    for name, value in PUBLIC.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_chain_without_a_setting_is_refused(public_settings: pytest.MonkeyPatch, name: str) -> None:
    public_settings.delenv(name)
    with pytest.raises(ParameterMissing, match=name):
        read_parameters(1, ROOT, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIGHTDOM_QUORUM", "two"),
        ("LIGHTDOM_QUORUM", "-1"),
        ("LIGHTDOM_TREASURY", "0x12"),
        ("LIGHTDOM_VERIFIERS", "0x" + "02" * 20 + ","),
        ("LIGHTDOM_BOND_TOKEN", "WETH"),
    ],
)
def test_a_setting_that_says_nothing_sensible_is_refused(
    public_settings: pytest.MonkeyPatch, name: str, value: str
) -> None:
    public_settings.setenv(name, value)
    with pytest.raises(ParameterWrong, match=name):
        read_parameters(1, ROOT, ())


@pytest.mark.usefixtures("public_settings")
def test_a_public_chain_takes_its_settings_from_the_environment() -> None:
    parameters = read_parameters(1, ROOT, ())

    assert parameters.window_seconds == 7 * 24 * 3600
    assert parameters.minimum_window_seconds == 60
    assert (parameters.minimum_stake_wei, parameters.domain_quota_wei) == (30, 40)
    assert (parameters.perspectives, parameters.answer_seconds) == (5, 6 * 3600)
    assert parameters.verifiers == ("0x" + "02" * 20, "0x" + "03" * 20)
    assert parameters.bond_token == "0x" + "04" * 20
    assert parameters.hosts == {}
    assert parameters.safe == "0x" + "05" * 20
    # Whoever disagrees with what the Safe decides can let pending claims end first.
    assert parameters.admin_delay_seconds > parameters.window_seconds


def test_the_manifest_says_what_stands_on_the_chain(house: House, home: Path, provider: Any) -> None:
    manifest = json.loads((home / FOLDER / CHAIN).read_text())

    assert manifest["chainId"] == 31337
    assert manifest["genesisHash"] == "0x" + bytes(provider.get_block(0).hash).hex()
    assert set(manifest["contracts"]) == set(house.contracts)
    for name, entry in manifest["contracts"].items():
        assert house.contracts[name].address == entry["address"]
        code = bytes(provider.get_code(entry["address"]))
        assert "0x" + keccak(code).hex() == entry["codeHash"]


def test_every_restricted_function_has_its_role(house: House) -> None:
    for contract_name, functions in FUNCTIONS.items():
        contract = house.contracts[contract_name]
        for function, role in functions.items():
            abi = next(abi for abi in contract.contract_type.methods if abi.name == function)
            selector = keccak(text=abi.selector)[:4]
            assert house.AccessManager.getTargetFunctionRole(contract.address, selector) == ROLES[role]


def test_no_person_may_emit_record_grant_or_seat(house: House) -> None:
    holders = {
        "EMITTER": house.RewardStreams,
        "GRANTER": house.RewardStreams,
        "RECORDER": house.ProofOfOptimization,
        "ELECTOR": house.VerifierStakes,
    }
    for role, holder in holders.items():
        assert house.AccessManager.hasRole(ROLES[role], holder.address)[0]
        assert not house.AccessManager.hasRole(ROLES[role], house.accounts[0].address)[0]


def test_every_verifier_of_the_development_chain_has_staked(house: House) -> None:
    for account in house.accounts[2:5]:
        stake_wei, free_at = house.VerifierStakes.stakeOf(account.address)
        assert stake_wei == house.VerifierStakes.minimumStakeWei() > 0
        assert free_at == 0


def test_the_development_chain_has_three_verifiers_of_which_two_decide(house: House) -> None:
    proof = house.ProofOfOptimization
    assert [proof.isVerifier(account.address) for account in house.accounts[:8]] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert proof.quorum() == 2


def test_a_second_run_sends_nothing(house: House) -> None:
    assert deploy() == 0


def test_another_window_changes_the_parameters_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGHTDOM_WINDOW_SECONDS", "9")
    assert deploy() == 1
    assert house.ProofOfOptimization.windowSeconds() == 9


def test_a_contract_that_is_gone_is_deployed_again_with_all_that_stand_on_it(
    house: House, home: Path, provider: Any
) -> None:
    provider.make_request("anvil_setCode", [house.OptimizationRegistry.address, "0x"])

    deploy()

    manifest = json.loads((home / FOLDER / CHAIN).read_text())["contracts"]
    changed = ("OptimizationRegistry", "VirtualLandNFT", "ProofOfOptimization")
    for name in (*changed, "DomainControl", "RewardStreams", "VerifierStakes"):
        assert manifest[name]["address"] != house.contracts[name].address
    for name in ("AccessManager", "Answers", "DOMSpaceToken", "RuleSet1", "RuleSet2", "StepProofs", "WrappedEther"):
        assert manifest[name]["address"] == house.contracts[name].address
    # What stands behind a proxy gets new code there, so that clients and nodes keep what they have.
    for name in PROXIED:
        assert manifest[name]["address"] == house.contracts[name].address
    assert house.PlanRegistry.REGISTRY() == manifest["OptimizationRegistry"]["address"]
    assert house.NodeManager.PROOF() == manifest["ProofOfOptimization"]["address"]
    assert deploy() == 0


def test_a_manifest_of_another_chain_is_not_believed(house: House, home: Path) -> None:
    path = home / FOLDER / CHAIN
    manifest = json.loads(path.read_text())
    manifest["genesisHash"] = "0x" + "00" * 32
    path.write_text(json.dumps(manifest))
    assert deploy() > 10


@pytest.mark.slow
def test_a_run_killed_before_any_step_is_completed_by_the_next(chain: Any, home: Path) -> None:
    """Every run but the last lives for one transaction, so each is the last of a killed run."""
    whole = deploy()
    (home / FOLDER / CHAIN).unlink()
    with pytest.raises(Killed):
        deploy(life=0)
    for _ in range(whole - 1):
        with pytest.raises(Killed):
            deploy(life=1)
    assert deploy() == 1
    assert deploy() == 0


@pytest.mark.parametrize("only", ["creationHash", "sourceHash"])
def test_a_comment_or_a_compiler_s_whim_is_no_changed_contract(house: House, home: Path, only: str) -> None:
    _forge_hashes(home / FOLDER / CHAIN, only)
    assert deploy() == 0


def test_a_changed_contract_is_deployed_again(house: House, home: Path) -> None:
    _forge_hashes(home / FOLDER / CHAIN, "creationHash", "sourceHash")
    assert deploy() == 1
    manifest = json.loads((home / FOLDER / CHAIN).read_text())
    assert manifest["contracts"]["VirtualLandNFT"]["address"] != house.VirtualLandNFT.address


def _forge_hashes(path: Path, *names: str) -> None:
    manifest = json.loads(path.read_text())
    for name in names:
        manifest["contracts"]["VirtualLandNFT"][name] = "0x" + "00" * 32
    path.write_text(json.dumps(manifest))
