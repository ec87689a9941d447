"""Plans, nodes, models and mining: four contracts behind proxies, and their figures.

A contract whose constructor is given another address gets new code behind the same proxy: its state lives on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.deployment.contracts import Deployer
from scripts.deployment.figures import (
    MINING_BOND_WEI,
    MINING_REWARD_PER_POINT_WEI,
    MINING_TOLERANCE,
    PLANS,
    STAKE_PER_KIB_WEI,
)
from scripts.deployment.parameters import Parameters
from scripts.deployment.proposals import Proposals

#: The contracts that stand behind proxies.
PROXIED = ("MiningEngine", "ModelStorage", "NodeManager", "PlanRegistry")


def deploy_economy(
    deployer: Deployer, standing: dict[str, Any], parameters: Parameters, contracts: Any
) -> dict[str, Any]:
    """The four by their names, on what stands already. `contracts`: ape's project."""
    authority = standing["AccessManager"].address
    token = standing["DOMSpaceToken"].address
    registry = standing["OptimizationRegistry"].address
    proof = standing["ProofOfOptimization"].address

    def proxied(name: str, arguments: tuple[Any, ...], *initial: Any) -> Any:
        return deployer.ensure_proxied(
            name, getattr(contracts, name), contracts.HouseProxy, arguments, (authority, *initial)
        )

    return {
        "PlanRegistry": proxied("PlanRegistry", (token, registry, parameters.treasury)),
        "NodeManager": proxied("NodeManager", (token, registry, proof)),
        "ModelStorage": proxied("ModelStorage", ()),
        "MiningEngine": proxied("MiningEngine", (token, proof), parameters.mining_window_seconds),
    }


def upgrade_economy(deployer: Deployer | Proposals, contracts: dict[str, Any]) -> None:
    """New code where it changed. After the roles, which allow it."""
    for name in PROXIED:
        deployer.upgrade(name, contracts[name])


def wire_economy(deployer: Deployer, contracts: dict[str, Any], parameters: Parameters) -> None:
    """The figures. After the roles, which allow it."""
    calls = [*_plans(contracts["PlanRegistry"], _paying_tokens(contracts, parameters))]
    nodes = contracts["NodeManager"]
    if nodes.stakePerKibWei() != STAKE_PER_KIB_WEI:
        calls.append((nodes, nodes.setStakeRate.encode_input(STAKE_PER_KIB_WEI)))
    mining = contracts["MiningEngine"]
    wanted = (MINING_BOND_WEI, MINING_REWARD_PER_POINT_WEI, parameters.mining_window_seconds, MINING_TOLERANCE)
    if tuple(mining.miningParameters()) != wanted:
        calls.append((mining, mining.setMiningParameters.encode_input(*wanted)))
    if calls:
        # One transaction for all of them: a plan without its price is nowhere to be seen.
        authority = contracts["AccessManager"]
        deployer.send(
            authority.multicall, [authority.execute.encode_input(target.address, data) for target, data in calls]
        )


def _paying_tokens(contracts: dict[str, Any], parameters: Parameters) -> dict[str, int]:
    """Address of a token that plans are paid in -> its decimals."""
    tokens = {contracts["DOMSpaceToken"].address: 18}
    if parameters.stable_token is not None:
        tokens[parameters.stable_token] = parameters.stable_decimals
    return tokens


def _plans(registry: Any, tokens: dict[str, int]) -> Iterator[tuple[Any, bytes]]:
    for plan in PLANS:
        prices = {token: tuple(registry.priceOf(plan.plan_id, token)) for token in tokens}
        # No price in any token: the plan is not there, and asking for it would revert.
        is_known = any(month for month, _, _ in prices.values())
        if not is_known or tuple(registry.planOf(plan.plan_id)) != (plan.name, plan.terms()):
            yield registry, registry.setPlan.encode_input(plan.plan_id, plan.name, plan.terms())
        for token, decimals in tokens.items():
            if prices[token] != plan.price(decimals):
                yield registry, registry.setPrice.encode_input(plan.plan_id, token, plan.price(decimals))
