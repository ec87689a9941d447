"""The entry of the `lightdom` command. Only the verb that is asked for is imported, so that `optimize` starts fast."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

# verb -> module; each module has one function of the verb's name, typed for typer.
VERBS = {
    "optimize": "cli.optimize",
    "prove": "cli.prove",
    "claim": "cli.claim",
    "verify": "cli.verify",
    "challenge": "cli.challenge",
    "attest": "cli.attest",
    "watch": "cli.watch",
    "answer": "cli.answer",
    "stake": "cli.stake",
    "domain": "cli.domain",
    "status": "cli.status",
    "audit": "cli.audit",
    "demo": "cli.demo",
    "up": "cli.up",
    "down": "cli.down",
    "logs": "cli.logs",
}


def build(verbs: dict[str, str]) -> typer.Typer:
    """The command with these verbs on it."""
    # Not above: it takes longer to import than `optimize` takes to run.
    import typer

    app = typer.Typer(
        name="lightdom",
        help="Makes web pages lighter, keeps their rendering, and proves the saving on chain.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # A callback makes typer keep the verb's name even when only one verb was imported.
    app.callback()(lambda: None)
    for verb, module in verbs.items():
        app.command(verb)(getattr(import_module(module), verb))
    return app


def main() -> None:
    """Runs the verb in sys.argv; its exit code says how it went (docs/cli.md)."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    if sys.argv[1:2] == ["optimize"]:
        from cli import optimize

        raise SystemExit(optimize.main(sys.argv[2:]))
    verbs = {asked: VERBS[asked]} if asked in VERBS else VERBS
    build(verbs)()


if __name__ == "__main__":
    main()
