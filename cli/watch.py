"""`lightdom watch`: a challenger that follows the chain, recomputes every claim, and slashes the false ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def watch(
    keystore: Annotated[
        Path | None, typer.Option(help="Key file (Web3 Secret Storage). Default: LIGHTDOM_KEYSTORE_CHALLENGER.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    demands: Annotated[
        int, typer.Option(min=0, max=64, help="Most demands for data on one claim; each costs a 64th of its bond.")
    ] = 32,
    once: Annotated[bool, typer.Option("--once", help="Look at what is there now, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Challenge whatever is false, until Ctrl-C.

    A claim whose evidence does not show its trees is made to show them, leaf by leaf where needed; silence slashes it.
    Goes on where it ended: a checkpoint in $LIGHTDOM_HOME/checkpoints names the first block that still has an undecided
    claim. A kill at any moment loses nothing.
    """
    from cli.following import follow
    from services.blobs import open_store
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.challenger import ChallengerNode
    from services.settings import read_settings

    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account("challenger", chain.chain_id, settings)
    node = ChallengerNode(chain, open_store(settings.ipfs_url), key, demands)
    follow(chain, settings, f"watch-{key.address.lower()}", node, once=once, as_json=as_json)
