"""`ape run verify --network ethereum:local:http://127.0.0.1:8545`: is what runs what was deployed and what this builds?

Sends nothing and needs no account: it compares code, proxies and roles on the chain with the manifest and the build.
Exits with 1 and a line for each difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
from ape import networks, project
from ape.cli import ConnectedProviderCommand

from scripts.deployment.contracts import Deployer
from scripts.deployment.manifest import open_manifest
from scripts.deployment.verification import verify

ROOT = Path(__file__).resolve().parent.parent


@click.command(cls=ConnectedProviderCommand)
def cli() -> None:
    """Compare what runs on the chain with the manifest and the build."""
    provider = networks.provider
    chain_id = int(provider.make_request("eth_chainId", []), 16)
    genesis_hash = "0x" + bytes(provider.get_block(0).hash).hex()
    home = Path(os.environ.get("LIGHTDOM_HOME") or ROOT / ".lightdom")
    manifest = open_manifest(home, chain_id, genesis_hash, "")
    if not manifest.contracts:
        raise click.ClickException(f"{manifest.path} names nothing on this chain: deploy first, or look at its genesis")
    found = verify(Deployer(None, provider, manifest), project)
    for finding in found:
        click.echo(f"{finding.contract}: {finding.fault}")
    if found:
        raise SystemExit(1)
    click.echo(f"{len(manifest.contracts)} contracts are as deployed and as built. {manifest.path}")
