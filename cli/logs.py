"""`lightdom logs`: the services' logs in one stream."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def logs(
    services: Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="All if none is named.")] = None,
    go_on: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Show the end of the logs of the local run."""
    from services.supervisor import Home, follow, read_supervisor_settings

    folder = Home(read_supervisor_settings().home).logs
    try:
        follow(folder, tuple(services or ()), lambda: go_on)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
