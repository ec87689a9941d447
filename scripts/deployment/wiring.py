"""Who may do what, the figures, the verifier set and the example hosts: everything after the contracts themselves.

Each part looks at the chain first and sends only what differs.
"""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak

from scripts.deployment.contracts import Deployer
from scripts.deployment.parameters import BIOMES, Parameters
from scripts.deployment.proposals import Proposals
from scripts.deployment.roles import FUNCTIONS, OPERATOR_ROLES, ROLES

#: Rule set 1 has no attested rules. A quarter is the most that the contract takes.
ATTESTED_RULESET = 2
ATTESTED_PERCENT = 25


def wire_roles(
    deployer: Deployer | Proposals,
    authority: Any,
    contracts: dict[str, Any],
    verifiers: tuple[str, ...] = (),
    *,
    has_handed_over: bool = False,
) -> None:
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
    # What was handed over is not taken back.
    members = [] if has_handed_over else [(role, deployer.account.address) for role in OPERATOR_ROLES]
    # A seat is had by a stake alone, so no person is an elector; clients' fees come with their contract.
    members += [
        ("ELECTOR", contracts["VerifierStakes"].address),
        ("REGISTRAR", contracts["DomainControl"].address),
        ("EMITTER", contracts["RewardStreams"].address),
        ("EMITTER", contracts["NodeManager"].address),
        ("EMITTER", contracts["MiningEngine"].address),
        ("CASHIER", contracts["PlanRegistry"].address),
        ("GRANTER", contracts["RewardStreams"].address),
        ("RECORDER", contracts["ProofOfOptimization"].address),
        *(("VERIFIER", verifier) for verifier in verifiers),
    ]
    calls += [
        authority.labelRole.encode_input(number, role)
        for role, number in ROLES.items()
        if calls  # said once, with the functions
    ]
    for role, member in members:
        if not authority.hasRole(ROLES[role], member)[0]:
            calls.append(authority.grantRole.encode_input(ROLES[role], member, 0))
    if calls:
        deployer.send(authority.multicall, calls)


def wire_claims(deployer: Deployer, proof: Any, rulesets: dict[int, Any], parameters: Parameters) -> None:
    """The rule sets, what attested bytes count for, and the figures."""
    for ruleset, rules in rulesets.items():
        if int(proof.rulesetOf(ruleset), 16) == 0:
            deployer.send(proof.addRuleset, ruleset, rules.address)
    if proof.attestedPercentOf(ATTESTED_RULESET) != ATTESTED_PERCENT:
        deployer.send(proof.setAttestedPercent, ATTESTED_RULESET, ATTESTED_PERCENT)
    wanted = (
        parameters.window_seconds,
        parameters.quorum,
        parameters.minimum_bond_wei,
        parameters.dsh_price_wei,
        parameters.answer_seconds,
    )
    present = (
        proof.windowSeconds(),
        proof.quorum(),
        proof.minimumBondWei(),
        proof.dshPriceWei(),
        proof.answerSeconds(),
    )
    if wanted != present:
        deployer.send(proof.setParameters, *wanted)


def wire_money(deployer: Deployer, registry: Any, stakes: Any, parameters: Parameters) -> None:
    """What a domain may earn, and what a verifier stakes."""
    if registry.quotaOf(bytes(32)) != parameters.domain_quota_wei:
        deployer.send(registry.setQuota, bytes(32), parameters.domain_quota_wei)
    if stakes.minimumStakeWei() != parameters.minimum_stake_wei:
        deployer.send(stakes.setMinimumStake, parameters.minimum_stake_wei)


def stake_verifiers(deployer: Deployer, proof: Any, stakes: Any, weth: Any, parameters: Parameters) -> None:
    """Development chains only: the deployer pays the stakes, which seats the verifiers.

    Elsewhere a verifier's operator stakes: it has the role, and `stakeFor` seats it.
    """
    waiting = [verifier for verifier in parameters.verifiers if not proof.isVerifier(verifier)]
    needed_wei = parameters.minimum_stake_wei * len(waiting)
    missing_wei = needed_wei - weth.balanceOf(deployer.account.address)
    if missing_wei > 0:
        deployer.send(weth.deposit, value_wei=missing_wei)
    if weth.allowance(deployer.account.address, stakes.address) < needed_wei:
        deployer.send(weth.approve, stakes.address, needed_wei)
    for verifier in waiting:
        deployer.send(stakes.stakeFor, verifier, parameters.minimum_stake_wei)


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
