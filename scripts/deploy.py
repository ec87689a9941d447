"""`ape run deploy --network ethereum:local:http://127.0.0.1:8545`: puts the contracts on a chain.

Compares every contract with the manifest and the chain, deploys what is missing or changed, wires the roles, and
writes `$LIGHTDOM_HOME/deployments/<chain id>.json`. Safe to repeat and to kill at any moment. On a development chain it
signs with anvil's first account; elsewhere with the ape account named by LIGHTDOM_DEPLOYER_ALIAS.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import click
from ape import accounts, networks, project
from ape.cli import ConnectedProviderCommand

from scripts.deployment.administration import SafeTooWeak, deploy_administration, hand_over, is_handed_over
from scripts.deployment.contracts import Deployer, NothingThere
from scripts.deployment.economy import deploy_economy, upgrade_economy, wire_economy
from scripts.deployment.manifest import Manifest, open_manifest
from scripts.deployment.parameters import (
    DEVELOPMENT_CHAIN_ID,
    ParameterError,
    ParameterMissing,
    Parameters,
    read_parameters,
)
from scripts.deployment.proposals import Proposals
from scripts.deployment.wiring import stake_verifiers, wire_claims, wire_hosts, wire_money, wire_roles

ROOT = Path(__file__).resolve().parent.parent


def deploy_all(deployer: Deployer, parameters: Parameters, contracts: Any) -> dict[str, Any]:
    """Every contract, wired, by its name in the manifest. `contracts`: ape's project."""
    authority = deployer.ensure("AccessManager", contracts.Authority, deployer.account.address)
    token = deployer.ensure("DOMSpaceToken", contracts.DOMSpaceToken, authority.address, parameters.treasury)
    registry = deployer.ensure(
        "OptimizationRegistry",
        contracts.OptimizationRegistry,
        authority.address,
        token.address,
        parameters.treasury,
    )
    land = deployer.ensure("VirtualLandNFT", contracts.VirtualLandNFT, registry.address)
    if parameters.bond_token is None:
        bond_token = deployer.ensure("WrappedEther", contracts.WrappedEther)
    else:
        bond_token = deployer.adopt("WrappedEther", contracts.WrappedEther, parameters.bond_token)
    steps = deployer.ensure("StepProofs", contracts.StepProofs)
    nests = deployer.ensure("NestProofs", contracts.NestProofs)
    contexts = deployer.ensure("ContextProofs", contracts.ContextProofs)
    selectors = deployer.ensure("SelectorProofs", contracts.SelectorProofs)
    judges = (steps.address, nests.address, contexts.address, selectors.address)
    rules = deployer.ensure("RuleSet1", contracts.RuleSet1, *judges)
    attested_rules = deployer.ensure("RuleSet2", contracts.RuleSet2, *judges)
    answers = deployer.ensure("Answers", contracts.Answers)
    proof = deployer.ensure(
        "ProofOfOptimization",
        contracts.ProofOfOptimization,
        authority.address,
        bond_token.address,
        registry.address,
        answers.address,
        parameters.minimum_window_seconds,
        parameters.required_bits,
        fixed=(rules.address, attested_rules.address),
    )
    streams = deployer.ensure("RewardStreams", contracts.RewardStreams, proof.address, registry.address, token.address)
    stakes = deployer.ensure(
        "VerifierStakes",
        contracts.VerifierStakes,
        authority.address,
        bond_token.address,
        proof.address,
        parameters.unbonding_seconds,
    )
    domains = deployer.ensure(
        "DomainControl",
        contracts.DomainControl,
        proof.address,
        registry.address,
        parameters.perspectives,
        parameters.dissent_seconds,
    )
    deployed = {
        "AccessManager": authority,
        "Answers": answers,
        "ContextProofs": contexts,
        "DOMSpaceToken": token,
        "DomainControl": domains,
        "NestProofs": nests,
        "OptimizationRegistry": registry,
        "ProofOfOptimization": proof,
        "RewardStreams": streams,
        "RuleSet1": rules,
        "RuleSet2": attested_rules,
        "SelectorProofs": selectors,
        "StepProofs": steps,
        "VerifierStakes": stakes,
        "VirtualLandNFT": land,
        "WrappedEther": bond_token,
    }
    deployed |= deploy_economy(deployer, deployed, parameters, contracts)
    administration = deploy_administration(deployer, token, parameters, contracts)
    if is_handed_over(deployer, authority, parameters):
        _propose(deployer, deployed, administration, parameters)
    else:
        wire_roles(deployer, authority, deployed, parameters.verifiers)
        upgrade_economy(deployer, deployed)
        wire_claims(deployer, proof, {1: rules, 2: attested_rules}, parameters)
        wire_money(deployer, registry, stakes, parameters)
        wire_economy(deployer, deployed, parameters)
        if parameters.is_development:
            stake_verifiers(deployer, proof, stakes, bond_token, parameters)
        wire_hosts(deployer, registry, parameters)
        hand_over(deployer, authority, administration, parameters)
    deployed |= administration
    deployer.manifest.parameters = parameters.recorded()
    deployer.manifest.write()
    return deployed


def _propose(
    deployer: Deployer, deployed: dict[str, Any], administration: dict[str, Any], parameters: Parameters
) -> None:
    """Roles and code alone: the figures are governance's from the hand-over on, whatever the environment says."""
    proposals = Proposals(deployer)
    wire_roles(proposals, deployed["AccessManager"], deployed, parameters.verifiers, has_handed_over=True)
    upgrade_economy(proposals, deployed)
    proposals.write(administration["AdminTimelock"], str(parameters.safe))


class ChainMisnamed(Exception):
    """`ethereum:local` is for chain 31337; name any other by its URL alone: `--network https://HOST`."""

    def __init__(self, named: int, answered: int) -> None:
        super().__init__(f"the node says chain {answered}, the network's name {named}. {self.__doc__}")
        self.named = named
        self.answered = answered


def open_deployer(provider: Any) -> tuple[Deployer, Parameters]:
    """For the connected chain. Raises ChainMisnamed, ParameterError."""
    chain_id = int(provider.make_request("eth_chainId", []), 16)
    if chain_id != provider.chain_id:
        # ape believes its configuration: the transactions would be signed for a chain that this is not.
        raise ChainMisnamed(provider.chain_id, chain_id)
    is_development = chain_id == DEVELOPMENT_CHAIN_ID
    addresses = tuple(account.address for account in accounts.test_accounts[:8]) if is_development else ()
    parameters = read_parameters(chain_id, ROOT, addresses)
    if is_development:
        account = accounts.test_accounts[0]
    else:
        alias = os.environ.get("LIGHTDOM_DEPLOYER_ALIAS", "")
        if not alias:
            raise ParameterMissing("LIGHTDOM_DEPLOYER_ALIAS", "the ape account that deploys (`ape accounts list`)")
        account = accounts.load(alias)
        if f"APE_ACCOUNTS_{alias}_PASSPHRASE" in os.environ:
            # ape's own variable: who sets it wants no questions asked.
            account.set_autosign(True)
    genesis_hash = "0x" + bytes(provider.get_block(0).hash).hex()
    manifest: Manifest = open_manifest(parameters.home, chain_id, genesis_hash, account.address)
    return Deployer(account, provider, manifest), parameters


@click.command(cls=ConnectedProviderCommand)
def cli() -> None:
    """Put the contracts on the chain, as far as they are not there."""
    started = time.monotonic()
    try:
        deployer, parameters = open_deployer(networks.provider)
    except (ChainMisnamed, ParameterError) as error:
        raise click.ClickException(str(error)) from error
    try:
        deployed = deploy_all(deployer, parameters, project)
    except (NothingThere, SafeTooWeak) as error:
        raise click.ClickException(str(error)) from error
    for name, contract in sorted(deployed.items()):
        click.echo(f"{name:22} {contract.address}")
    click.echo(f"{deployer.changes} transactions, {time.monotonic() - started:.1f} s. {deployer.manifest.path}")
