"""`lightdom status`: what runs here, or what became of one claim."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def status(
    claim_id: Annotated[
        str, typer.Argument(metavar="[CLAIM_ID]", help="0x and 64 hex digits. Without it: the system.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the state of the system, or of one claim as the chain tells it."""
    from cli.show import print_claim, print_system
    from services.settings import read_settings

    settings = read_settings()
    if not claim_id:
        raise typer.Exit(print_system(settings, as_json=as_json))
    from services.chain import connect
    from services.harvest.look import look

    wanted = parse_claim_id(claim_id)
    print_claim(look(connect(settings), wanted), as_json=as_json)


def parse_claim_id(text: str) -> bytes:
    """32 bytes from 0x and 64 hex digits; raises typer.BadParameter."""
    digits = text.removeprefix("0x")
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        value = b""
    if len(value) != 32:
        raise typer.BadParameter(f"{text!r} is not 0x and 64 hex digits", param_hint="CLAIM_ID")
    return value
