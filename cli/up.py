"""`lightdom up`: everything of a local run, in the foreground until Ctrl-C."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.errors import exits_by_class


@exits_by_class
def up(
    once: Annotated[
        bool, typer.Option("--once", help="Run the demo and stop again; exit 0 only if it succeeded.")
    ] = False,
) -> None:
    """Start database, chain, IPFS node, indexer, workers, API and dashboards, and show that they work."""
    from services.supervisor import read_supervisor_settings, up, up_once

    run = up_once if once else up
    raise typer.Exit(run(read_supervisor_settings(), lambda line: print(line, flush=True)))
