"""Who may do what, the figures, the verifier set and the example hosts: everything after the contracts themselves.

Each part looks at the chain first and sends only what differs.
"""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak

from scripts.deployment.contracts import Deployer
from scripts.deployment.parameters import BIOMES, Parameters

#: Role ids of the AccessManager; 0 is its admin. The numbers are on chain for good: append, never renumber.
ROLES = {"GOVERNOR": 1, "ELECTOR": 2, "REGISTRAR": 3, "PAUSER": 4, "EMITTER": 5, "RECORDER": 6}

#: Contract -> function -> role that may call it. Every restricted function has its row.
FUNCTIONS = {
    "ProofOfOptimization": {
        "setParameters": "GOVERNOR",
        "addRuleset": "GOVERNOR",
        "setVerifier": "ELECTOR",
        "pause": "PAUSER",
        "unpause": "PAUSER",
    },
    "OptimizationRegistry": {"registerHost": "REGISTRAR", "recordSaving": "RECORDER", "recordSlash": "RECORDER"},
    "DOMSpaceToken": {"queueReward": "EMITTER"},
}


def wire_roles(deployer: Deployer, authority: Any, contracts: dict[str, Any]) -> None:
    """Labels, functions and members of the roles, in one transaction.

    A replaced ProofOfOptimization keeps its roles until an operator takes them: its pending claims have to end.
    """
    calls = []
    for contract_name, functions in FUNCTIONS.items():
        target = contracts[contract_name]
        for function, role in functions.items():
            selector = _selector(target, function)
            if authority.getTargetFunctionRole(target.address, selector) != ROLES[role]:
                calls.append(authority.setTargetFunctionRole.encode_input(target.address, [selector], ROLES[role]))
    proof = contracts["ProofOfOptimization"].address
    operator = deployer.account.address
    members = {"EMITTER": proof, "RECORDER": proof} | dict.fromkeys(
        ("GOVERNOR", "ELECTOR", "REGISTRAR", "PAUSER"), operator
    )
    for role, member in members.items():
        if not authority.hasRole(ROLES[role], member)[0]:
            calls.append(authority.labelRole.encode_input(ROLES[role], role))
            calls.append(authority.grantRole.encode_input(ROLES[role], member, 0))
    if calls:
        deployer.send(authority.multicall, calls)


def wire_claims(deployer: Deployer, proof: Any, rules: Any, parameters: Parameters) -> None:
    """Rule set 1, the figures, and the verifier set."""
    if int(proof.rulesetOf(1), 16) == 0:
        deployer.send(proof.addRuleset, 1, rules.address)
    wanted = (
        parameters.window_seconds,
        parameters.quorum,
        parameters.minimum_bond_wei,
        parameters.dsh_price_wei,
    )
    if wanted != (proof.windowSeconds(), proof.quorum(), proof.minimumBondWei(), proof.dshPriceWei()):
        deployer.send(proof.setParameters, *wanted)
    for verifier in parameters.verifiers:
        if not proof.isVerifier(verifier):
            deployer.send(proof.setVerifier, verifier, True)


def wire_hosts(deployer: Deployer, registry: Any, parameters: Parameters) -> None:
    """The hosts of the example pages, owned by the deployer."""
    for host, biome in parameters.hosts.items():
        domain_id = keccak(text=host)
        if registry.ownerOf(domain_id) != deployer.account.address or registry.biomeOf(domain_id) != BIOMES.index(
            biome
        ):
            deployer.send(registry.registerHost, host, deployer.account.address, BIOMES.index(biome))


def _selector(contract: Any, function: str) -> bytes:
    abi = next(abi for abi in contract.contract_type.methods if abi.name == function)
    return keccak(text=abi.selector)[:4]
