"""`lightdom claim`: optimizes a page by proven rules and claims the saving on chain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def claim(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="The page: a file, an http(s) URL, or - for standard input.")
    ],
    url: Annotated[str, typer.Option(help="The page's public URL. Needed unless IN is one.")] = "",
    level: Annotated[str, typer.Option(help="safe or max; see `lightdom optimize --help`.")] = "max",
    keystore: Annotated[
        Path | None,
        typer.Option(help="Key file of the prover (Web3 Secret Storage). Default: LIGHTDOM_KEYSTORE_HARVESTER."),
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the claim as JSON.")] = False,
) -> None:
    """Optimize a page, store its evidence, and put the claim on chain with its bond."""
    from cli.show import print_claim
    from optimizer.source import ReadLimits, read_source
    from services.blobs import open_store
    from services.chain import Status, connect, open_account
    from services.chain.account import open_keystore
    from services.harvest import PageNotUtf8, find_claim, prepare, submit
    from services.harvest.look import look
    from services.settings import read_settings

    settings = read_settings()
    page = read_source(source, ReadLimits(loopback_permitted=settings.loopback_permitted))
    if not page.encoding.is_utf8:
        raise PageNotUtf8(page.encoding.name)
    chain = connect(settings)
    account = (
        open_keystore(keystore, passphrase_file) if keystore else open_account("harvester", chain.chain_id, settings)
    )
    store, where = open_store(settings.ipfs_url), url or source
    prepared = prepare(page.content, where, account.address, store, level)
    known = find_claim(chain, src=prepared.claim.src)
    if known is not None and look(chain, known.claim_id).status is Status.EXPIRED:
        prepared = prepare(page.content, where, account.address, store, level, replaces=known.claim_id)
    submitted = submit(chain, account, prepared.claim)
    print_claim(look(chain, submitted.claim_id), as_json=as_json, is_new=submitted.is_new)
