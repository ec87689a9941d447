"""`lightdom down`: stops what `lightdom up` keeps running, from anywhere."""

from __future__ import annotations

import typer

from cli.errors import exits_by_class


@exits_by_class
def down() -> None:
    """Stop the local run and wait until it is gone. Its data is kept."""
    from services.supervisor import down, read_supervisor_settings

    raise typer.Exit(down(read_supervisor_settings(), print))
