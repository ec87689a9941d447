"""`lightdom answer`: a prover's daemon that answers demands for the data of its own claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def answer(
    prover: Annotated[str, typer.Option(help="Whose claims to answer for. Default: the key's own.")] = "",
    keystore: Annotated[
        Path | None, typer.Option(help="Key file (Web3 Secret Storage). Default: LIGHTDOM_KEYSTORE_HARVESTER.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Answer what is asked now, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Answer demands for data, until Ctrl-C: a claim that leaves one unanswered is slashed.

    Any key with gas can answer for any prover; the fee of a demand goes to the prover.
    """
    from web3 import Web3

    from cli.following import follow
    from services.blobs import open_store
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.harvest.answering import AnswerNode
    from services.settings import read_settings

    if prover and not Web3.is_address(prover):
        raise typer.BadParameter(f"{prover!r} is no address", param_hint="--prover")
    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account("harvester", chain.chain_id, settings)
    address = Web3.to_checksum_address(prover) if prover else key.address
    node = AnswerNode(chain, open_store(settings.ipfs_url), key, address)
    follow(chain, settings, f"answer-{address.lower()}", node, once=once, as_json=as_json)
