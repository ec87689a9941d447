"""`lightdom watch`: a challenger that follows the chain, recomputes every claim, and slashes the false ones."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import exits_by_class


@exits_by_class
def watch(
    keystore: Annotated[
        Path | None, typer.Option(help="Key file (Web3 Secret Storage). Default: LIGHTDOM_KEYSTORE_CHALLENGER.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Look at what is there now, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Challenge whatever is false, until Ctrl-C.

    Goes on where it ended: a checkpoint in $LIGHTDOM_HOME/checkpoints names the first block that still has an undecided
    claim. A kill at any moment loses nothing.
    """
    import structlog

    from services.blobs import open_store
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.challenger import ChallengerNode
    from services.settings import read_settings
    from services.worker.checkpoint import Checkpoint
    from services.worker.follow import Follower

    structlog.configure(processors=[structlog.processors.add_log_level, _as_json if as_json else _as_line])
    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account("challenger", chain.chain_id, settings)
    node = ChallengerNode(chain, open_store(settings.ipfs_url), key)
    checkpoint = Checkpoint.of(chain, settings.home / "checkpoints", f"watch-{key.address.lower()}")
    follower = Follower(chain, node, chain.manifest.first_block, checkpoint=checkpoint)
    log = structlog.get_logger("watch")
    log.info("watching", chain_id=chain.chain_id, from_block=follower.next_block, challenger=key.address)
    if once:
        follower.step()
        log.info("looked", claims=len(follower.done) + len(follower.waiting), undecided=len(follower.waiting))
        return
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    follower.run(stop)


def _as_json(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    return json.dumps({"time": _now(), **event}, default=str)


def _as_line(_: Any, level: str, event: MutableMapping[str, Any]) -> str:
    words = event.pop("event")
    event.pop("level", None)
    details = "  ".join(f"{name}={value}" for name, value in event.items())
    mark = "" if level in ("info", "debug") else f"{level}: "
    return f"{_now()}  {mark}{words}" + (f"  {details}" if details else "")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
