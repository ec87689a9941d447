"""Whether the contracts of this source stand on the chain, and the command that puts them there.

`ape run deploy` is itself safe to repeat and deploys only what is missing or changed, but takes seconds to find that
out; so it is not even started when source, parameters, genesis and the code at every address are those of last time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from services.errors import NotDeployed
from services.supervisor.chain import CHAIN_ID
from services.supervisor.home import write_whole
from services.supervisor.probe import NoAnswer, rpc
from services.supervisor.process import Command
from services.supervisor.settings import PROJECT

# Besides the sources: what decides over bytecode and wiring.
_INPUTS = ("ape-config.yaml", "package-lock.json", "scripts/deploy.py")
_PARAMETERS = tuple(
    f"LIGHTDOM_{name}"
    for name in (
        "ADMIN_DELAY_SECONDS",
        "ANSWER_SECONDS",
        "BOND_TOKEN",
        "DEPLOYER_ALIAS",
        "DISSENT_SECONDS",
        "DOMAIN_QUOTA_WEI",
        "DSH_PRICE_WEI",
        "MINIMUM_BOND_WEI",
        "MINIMUM_STAKE_WEI",
        "MINING_WINDOW_SECONDS",
        "PARAMETER_DELAY_SECONDS",
        "PERSPECTIVES",
        "QUORUM",
        "SAFE",
        "STABLE_DECIMALS",
        "STABLE_TOKEN",
        "TREASURY",
        "UNBONDING_SECONDS",
        "VERIFIERS",
        "WINDOW_SECONDS",
    )
)


class Contracts:
    """The contracts on one chain, by the manifest in `deployments`."""

    def __init__(self, deployments: Path, rpc_url: str) -> None:
        self._deployments = deployments
        self._rpc_url = rpc_url

    def are_current(self) -> bool:
        """Whether there is nothing to deploy; raises NoAnswer if the chain does not answer."""
        # Imported here: web3 comes with it, and costs a second that `lightdom down` need not wait for.
        from core_ext import keccak256
        from services.chain.manifest import read_manifest

        chain_id = int(rpc(self._rpc_url, "eth_chainId"), 16)
        try:
            manifest = read_manifest(self._deployments, chain_id)
            last = json.loads(self._mark(chain_id).read_text())
        except (NotDeployed, OSError, ValueError):
            return False
        genesis_hash = rpc(self._rpc_url, "eth_getBlockByNumber", "0x0", False)["hash"]
        if last != fingerprint() or genesis_hash != manifest.genesis_hash:
            return False
        return all(
            "0x" + keccak256(bytes.fromhex(rpc(self._rpc_url, "eth_getCode", contract.address, "latest")[2:])).hex()
            == contract.code_hash
            for contract in manifest.contracts.values()
        )

    def mark_current(self) -> None:
        """Remembers that what stands now was deployed from this very source."""
        chain_id = int(rpc(self._rpc_url, "eth_chainId"), 16)
        write_whole(self._mark(chain_id), json.dumps(fingerprint()).encode() + b"\n")

    def may_deploy(self) -> bool:
        """On a development chain always, elsewhere only with an account that the operator named."""
        try:
            chain_id = int(rpc(self._rpc_url, "eth_chainId"), 16)
        except NoAnswer:
            return False
        return chain_id == CHAIN_ID or bool(os.environ.get("LIGHTDOM_DEPLOYER_ALIAS"))

    def deploy_command(self, environment: Mapping[str, str]) -> Command:
        """`ape run deploy` in the environment that scripts/env.sh makes."""
        ape = Path(sys.executable).parent / "ape"
        # ape takes the chain id of ethereum:local from its configuration; any other chain is named by its URL alone.
        is_development = int(rpc(self._rpc_url, "eth_chainId"), 16) == CHAIN_ID
        network = f"ethereum:local:{self._rpc_url}" if is_development else self._rpc_url
        words = (str(ape), "run", "deploy", "--network", network)
        return Command("deploy", ("sh", "-c", '. scripts/env.sh && exec "$@"', "sh", *words), PROJECT, environment)

    def _mark(self, chain_id: int) -> Path:
        return self._deployments / f"{chain_id}.source"


def fingerprint() -> str:
    """SHA-256 of everything that a deployment is made from."""
    digest = hashlib.sha256()
    contracts = PROJECT / "contracts"
    # Neither tests nor what ape keeps in contracts/.cache is deployed.
    sources = [
        path for path in contracts.rglob("*.sol") if not {"test", ".cache"} & {*path.relative_to(contracts).parts}
    ]
    wiring = (PROJECT / "scripts/deployment").glob("*.py")
    for path in sorted([*sources, *wiring, *(PROJECT / name for name in _INPUTS)]):
        if path.exists():
            digest.update(f"{path.relative_to(PROJECT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in _PARAMETERS:
        digest.update(f"{name}={os.environ.get(name, '')}\0".encode())
    return digest.hexdigest()
