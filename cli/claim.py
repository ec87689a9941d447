"""`lightdom claim`: puts a saving on chain, of a page that is optimized here or of a claim file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import exits_by_class

if TYPE_CHECKING:
    from services.harvest import Prepared
    from services.settings import Settings


@exits_by_class
def claim(
    source: Annotated[
        str,
        typer.Argument(metavar="IN", help="The page: a file, an http(s) URL, or - for standard input; or a .car file."),
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
    """Optimize a page, or take the claim file of `lightdom prove`; store the evidence and claim it with a bond."""
    from cli.show import print_claim
    from services.blobs import open_store
    from services.chain import Status, connect, open_account
    from services.chain.account import open_keystore
    from services.harvest import find_claim, prepare, submit
    from services.harvest.look import look
    from services.harvest.offline import prepare_file
    from services.settings import read_settings

    def tell(line: str) -> None:
        typer.echo(f"  {line}", err=True)

    settings = read_settings()
    page = b"" if source.endswith(".car") else _read_page(source, settings)
    chain = connect(settings)
    account = (
        open_keystore(keystore, passphrase_file) if keystore else open_account("harvester", chain.chain_id, settings)
    )
    store, where = open_store(settings.ipfs_url), url or source

    def made(replaces: bytes | None = None) -> Prepared:
        if source.endswith(".car"):
            return prepare_file(Path(source), url, account.address, store, replaces)
        return prepare(page, where, account.address, store, level, replaces)

    prepared = made()
    tell(f"evidence  ipfs://{prepared.cid}")
    known = find_claim(chain, src=prepared.claim.src)
    if known is not None and look(chain, known.claim_id).status is Status.EXPIRED:
        prepared = made(known.claim_id)
    submitted = submit(chain, account, prepared.claim, tell)
    print_claim(look(chain, submitted.claim_id), as_json=as_json, is_new=submitted.is_new)


def _read_page(source: str, settings: Settings) -> bytes:
    from optimizer.source import ReadLimits, read_source
    from services.harvest import PageNotUtf8

    page = read_source(source, ReadLimits(loopback_permitted=settings.loopback_permitted))
    if not page.encoding.is_utf8:
        raise PageNotUtf8(page.encoding.name)
    return page.content
