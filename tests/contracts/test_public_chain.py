"""`ape run deploy` on a chain that is not a development chain: an account of the operator's, and no defaults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from eth_abi import encode
from eth_account import Account
from eth_utils import keccak

from scripts.export_abi import BUILD
from tests.contracts.conftest import ROOT
from tests.contracts.safe import deploy_safe
from tests.indexer.anvil import Anvil

pytestmark = pytest.mark.slow
ALIAS = "operator"
PASSPHRASE = "correct horse"
# anvil's first account: it has ether on every chain that anvil makes.
KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
BOND_TOKEN = "0x" + "b0" * 20
VERIFIERS = ("0x" + "01" * 20, "0x" + "02" * 20)


@pytest.fixture
def public_chain() -> Iterator[Anvil]:
    with Anvil("--chain-id", "99") as chain:
        # One transaction is awaited before the next is sent, as on any live chain.
        chain.call("evm_setAutomine", True)
        chain.call("anvil_setBalance", Account.from_key(KEY).address, hex(10**24))
        weth = json.loads((BUILD / "WrappedEther.sol" / "WrappedEther.json").read_text())
        chain.call("anvil_setCode", BOND_TOKEN, weth["deployedBytecode"]["object"])
        yield chain


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """ape with one account, kept like an operator keeps one."""
    folder = tmp_path / "ape"
    (folder / "accounts").mkdir(parents=True)
    (folder / "packages").symlink_to(Path(os.environ["APE_DATA_FOLDER"]) / "packages")
    keystore = Account.encrypt(KEY, PASSPHRASE, iterations=2)
    (folder / "accounts" / f"{ALIAS}.json").write_text(json.dumps(keystore))
    return {
        **os.environ,
        "APE_DATA_FOLDER": str(folder),
        "LIGHTDOM_HOME": str(tmp_path),
        "LIGHTDOM_DEPLOYER_ALIAS": ALIAS,
        f"APE_ACCOUNTS_{ALIAS}_PASSPHRASE": PASSPHRASE,
        "LIGHTDOM_QUORUM": "1",
        "LIGHTDOM_MINIMUM_BOND_WEI": "1000",
        "LIGHTDOM_DSH_PRICE_WEI": "2000",
        "LIGHTDOM_MINIMUM_STAKE_WEI": "3000",
        "LIGHTDOM_DOMAIN_QUOTA_WEI": "4000",
        "LIGHTDOM_TREASURY": VERIFIERS[0],
        "LIGHTDOM_VERIFIERS": ",".join(VERIFIERS),
        "LIGHTDOM_BOND_TOKEN": BOND_TOKEN,
        "LIGHTDOM_SAFE": VERIFIERS[0],
    }


def deploy(network: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    ape = Path(sys.executable).parent / "ape"
    return subprocess.run(
        [ape, "run", "deploy", "--network", network],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def test_a_chain_under_the_name_of_another_is_refused(public_chain: Anvil, environment: dict[str, str]) -> None:
    done = deploy(f"ethereum:local:{public_chain.url}", environment)

    assert done.returncode == 1
    assert "the node says chain 99" in done.stderr


def test_without_an_account_nothing_is_deployed(public_chain: Anvil, environment: dict[str, str]) -> None:
    done = deploy(public_chain.url, {**environment, "LIGHTDOM_DEPLOYER_ALIAS": ""})

    assert done.returncode == 1
    assert "LIGHTDOM_DEPLOYER_ALIAS is not set" in done.stderr
    assert int(public_chain.call("eth_blockNumber"), 16) == 0


def test_a_bond_token_that_is_no_contract_is_refused(public_chain: Anvil, environment: dict[str, str]) -> None:
    nobody = "0x" + "00" * 19 + "99"

    done = deploy(public_chain.url, {**environment, "LIGHTDOM_BOND_TOKEN": nobody})

    assert done.returncode == 1
    assert f"no code at {nobody}" in done.stderr


def test_an_operator_deploys_with_an_account_of_ape_and_owns_nothing_afterwards(
    public_chain: Anvil, environment: dict[str, str], tmp_path: Path
) -> None:
    owners = [Account.create().address for _ in range(3)]
    sender = public_chain.call("eth_accounts")[0]
    safe = deploy_safe(lambda method, parameters: public_chain.call(method, *parameters), sender, owners, 2)

    done = deploy(public_chain.url, {**environment, "LIGHTDOM_SAFE": safe})

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    manifest = json.loads((tmp_path / "deployments" / "99.json").read_text())
    assert manifest["contracts"]["WrappedEther"]["address"].lower() == BOND_TOKEN
    assert manifest["contracts"]["Safe"]["address"].lower() == safe
    has_role = keccak(text="hasRole(uint64,address)")[:4] + encode(
        ["uint64", "address"], [0, Account.from_key(KEY).address]
    )
    authority = manifest["contracts"]["AccessManager"]["address"]
    answer = public_chain.call("eth_call", {"to": authority, "data": "0x" + has_role.hex()}, "latest")
    assert int(answer, 16) == 0
    assert manifest["parameters"]["requiredBits"] == 7
    assert manifest["parameters"]["windowSeconds"] == 7 * 24 * 3600
