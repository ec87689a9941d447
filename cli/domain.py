"""`lightdom domain`: what proves that a host is yours, and a verifier's vote that it does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import ExitCode, exits_by_class


@exits_by_class
def domain(
    host: Annotated[str, typer.Argument(metavar="HOST", help="The host name, e.g. shop.example.")],
    owner: Annotated[str, typer.Option(help="The address that wants to be known as its owner.")],
    biome: Annotated[str, typer.Option(help="What the host is about, e.g. COMMERCIAL.")] = "DIGITAL",
    vote: Annotated[bool, typer.Option("--vote", help="As a verifier: look for the token, and vote.")] = False,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="Whose key votes: LIGHTDOM_KEYSTORE_<ROLE>, e.g. verifier_1.")
    ] = "verifier_1",
    keystore: Annotated[Path | None, typer.Option(help="Key file instead (Web3 Secret Storage).")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the token that a host's owner publishes, where it is seen by now, and how verifiers voted.

    With --vote the key signs what is seen from here; other verifiers' workers follow the first vote by themselves.
    Exit code 22: nothing was seen, so nothing was signed.
    """
    from web3 import Web3

    from core_ext import keccak256
    from optimizer.fetch import FetchLimits
    from optimizer.source import MAX_BYTES, TIMEOUT_SECONDS
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.domains import Biome, Look, Request
    from services.domains.vote import cast_domain, token_of
    from services.settings import read_settings

    if not Web3.is_address(owner):
        raise typer.BadParameter(f"{owner!r} is no address", param_hint="--owner")
    if biome.upper() not in Biome.__members__:
        raise typer.BadParameter(f"{biome!r} is none of {', '.join(Biome.__members__)}", param_hint="--biome")
    settings = read_settings()
    chain = connect(settings)
    control = chain["DomainControl"].functions
    name, address, kind = host.lower(), Web3.to_checksum_address(owner), Biome[biome.upper()]
    token = token_of(chain, name, address)
    sight = Look(FetchLimits(MAX_BYTES, TIMEOUT_SECONDS, settings.loopback_permitted)).at(name, token)
    if vote and sight.is_seen:
        key = open_keystore(keystore, passphrase_file) if keystore else open_account(role, chain.chain_id, settings)
        nonce = chain.view(control.nonceOf(keccak256(name.encode())), "nonceOf")
        cast_domain(chain, Request(name, address, kind, nonce, chain.block_number()), [key], is_seen=True)
    seen, dissent, opened_at = chain.view(control.votesOf(name, address, int(kind)), "votesOf")
    told = {"host": name, "owner": address, "biome": kind.name, "token": token, "isSeen": sight.is_seen}
    if as_json:
        print(json.dumps({**told, "words": sight.words, "votes": seen, "dissent": dissent, "openedAt": opened_at}))
    else:
        print(f"publish one of these, then ask verifiers to vote:\n  DNS   {name} TXT lightdom={token}")
        print(f"  file  https://{name}/.well-known/lightdom.txt with {token}")
        print(f'  page  <meta name="lightdom" content="{token}">')
        print(f"seen    {'yes' if sight.is_seen else 'no' if sight.is_seen is False else 'unknown'}: {sight.words}")
        print(f"votes   {seen}, against {dissent}")
    if vote and not sight.is_seen:
        raise typer.Exit(ExitCode.NOT_ENOUGH)
