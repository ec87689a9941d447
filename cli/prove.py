"""`lightdom prove`: builds a claim's evidence offline and writes it into one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import exits_by_class

if TYPE_CHECKING:
    from services.harvest.offline import Proven


@exits_by_class
def prove(
    source: Annotated[str, typer.Argument(metavar="PAGE", help="A file, an http(s) URL, or - for standard input.")],
    optimized: Annotated[
        Path | None, typer.Option(help="The lighter page, made by whatever; else it is made here.")
    ] = None,
    url: Annotated[str, typer.Option(help="The page's public URL. Needed unless PAGE is one.")] = "",
    level: Annotated[str, typer.Option(help="safe or max; see `lightdom optimize --help`.")] = "max",
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the claim file goes.")] = Path("claim.car"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Make the evidence of a claim: page, lighter page, trace, three roots. Needs no chain, no key and no network.

    `lightdom claim FILE` puts it on chain, `lightdom verify FILE` recomputes it. With --optimized every token of the
    page is explained by a proven rule where one can, and counted as attested where none does.
    """
    from optimizer.source import ReadLimits, read_source
    from services.harvest.build import PageNotUtf8
    from services.harvest.offline import prove_page
    from services.settings import read_settings

    page = read_source(source, ReadLimits(loopback_permitted=read_settings().loopback_permitted))
    if not page.encoding.is_utf8:
        raise PageNotUtf8(page.encoding.name)
    given = optimized.read_bytes() if optimized else None
    proven = prove_page(page.content, url or source, output, level, given)
    told = proven_to_json(proven, output)
    if as_json:
        print(json.dumps(told, indent=2))
        return
    _tell(told)


def proven_to_json(proven: Proven, output: Path) -> dict[str, Any]:
    """What the file commits to."""
    return {"file": str(output), "cid": proven.cid, **proven.figures, "provenBytes": proven.proven_bytes}


def _tell(told: dict[str, Any]) -> None:
    saved = told["srcBytes"] - told["optBytes"]
    print(f"     page  {told['srcBytes']} -> {told['optBytes']} bytes, {saved} saved ({saved / told['srcBytes']:.1%})")
    print(
        f"   proven  {told['provenBytes']} bytes; attested {told['attestedBytes']} bytes (rule set {told['ruleset']})"
    )
    print(f"   tokens  {told['n']} -> {told['m']}")
    print(f"    roots  S {told['src']}\n           O {told['opt']}\n           T {told['trace']}")
    print(f" evidence  ipfs://{told['cid']}\n     file  {told['file']}")
    print(f"\nPut it on chain: lightdom claim {told['file']}")
