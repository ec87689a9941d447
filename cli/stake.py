"""`lightdom stake`: what a verifier node has at stake, and more of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def stake(
    verifier: Annotated[str, typer.Argument(metavar="[VERIFIER]", help="Its address. Default: the key's own.")] = "",
    amount_wei: Annotated[
        int | None, typer.Option(min=0, help="How much, in wei. Default: what is missing to the least stake.")
    ] = None,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="Whose key pays: LIGHTDOM_KEYSTORE_<ROLE>, e.g. verifier_1.")
    ] = "verifier_1",
    keystore: Annotated[Path | None, typer.Option(help="Key file instead (Web3 Secret Storage).")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show how the verifier stands, and pay nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Stake for a verifier node, which seats it once it has the role VERIFIER and staked enough.

    The stake belongs to the verifier, whoever pays, and is lost for what the verifier can be shown to have signed
    falsely. Ether is wrapped where bond tokens are missing.
    """
    from web3 import Web3

    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.settings import read_settings
    from services.verifier.stake import join, stake_for, standing_of

    if verifier and not Web3.is_address(verifier):
        raise typer.BadParameter(f"{verifier!r} is no address", param_hint="VERIFIER")
    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account(role, chain.chain_id, settings)
    address = Web3.to_checksum_address(verifier) if verifier else key.address
    before = standing_of(chain, address)
    amount = before.missing_wei if amount_wei is None else amount_wei
    paid = 0
    if not dry_run and amount:
        stake_for(chain, key, address, amount)
        paid = amount
    elif not dry_run and not before.is_seated:
        join(chain, key, address)
    now = standing_of(chain, address)
    if as_json:
        print(json.dumps({**asdict(now), "missing_wei": now.missing_wei, "paid_wei": paid}, indent=2))
        return
    print(f"verifier  {now.verifier}\nstake     {now.stake_wei} wei, least {now.minimum_wei}")
    if now.free_at:
        print(f"leaving   free at {now.free_at}")
    print(f"paid      {paid} wei now\nseated    {'yes' if now.is_seated else 'no'}")
    if not now.is_seated and not now.missing_wei:
        print("  It has no seat: governance has to grant it the role VERIFIER; then run `lightdom stake` again.")
