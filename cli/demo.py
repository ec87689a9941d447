"""`lightdom demo`: three real pages claimed, checked, paid and read back; one planted lie slashed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import exits_by_class

if TYPE_CHECKING:
    from services.demo.run import Shown


@exits_by_class
def demo(
    as_json: Annotated[bool, typer.Option("--json", help="Print the claims as JSON.")] = False,
) -> None:
    """Run the demonstration on the running system. Safe to repeat: what is on chain already is only shown.

    Exit code 0 only if every honest claim is final and paid, the lie is slashed, and GraphQL tells the same figures as
    the chain.
    """
    from services.chain import connect
    from services.demo.readback import read_back
    from services.demo.run import run_demo
    from services.settings import read_settings

    settings = read_settings()
    shown = run_demo(settings, tell=lambda line: typer.echo(f"  {line}", err=as_json))
    compared = read_back(settings, connect(settings), shown)
    if as_json:
        from cli.show import claim_to_json

        typer.echo(json.dumps([{**claim_to_json(each.view), "url": each.url} for each in shown], indent=2))
    else:
        typer.echo("\n" + table(shown))
        typer.echo(
            f"\n{compared} figures read back through GraphQL at {settings.api_url}/graphql: equal to the chain's."
        )
    wrong = [each.url for each in shown if not ended_well(each)]
    if wrong:
        typer.echo(f"Not as it should be: {', '.join(wrong)}", err=True)
        raise typer.Exit(1)


def ended_well(shown: Shown) -> bool:
    """An honest claim is paid, a lie is slashed."""
    if shown.is_lie:
        return shown.view.status.name == "SLASHED"
    return shown.view.status.name == "FINAL" and shown.view.is_paid


def table(shown: list[Shown]) -> str:
    """The claims, a line each."""
    from cli.show import ETHER

    lines = [f"  {'page':<34} {'bytes':>8} {'lighter':>8} {'saved':>6}  {'became':<9} {'votes':>5}  {'earned':>12}"]
    for each in shown:
        view, claim = each.view, each.view.claim
        share = 1 - claim.opt_bytes / claim.src_bytes
        earned = f"{view.reward_wei / ETHER:.3f} DSH" if view.reward_wei is not None else "-"
        if view.bounty_wei is not None:
            earned = f"-{view.bond_wei / ETHER:.4f} WETH"
        name = each.url.removeprefix("https://") + (" (lie)" if each.is_lie else "")
        lines.append(
            f"  {name:<34.34} {claim.src_bytes:>8} {claim.opt_bytes:>8} {share:>6.1%}  {view.status.name.lower():<9} "
            f"{view.votes:>5}  {earned:>12}"
        )
    return "\n".join(lines)
