"""What the daemons of the command line share: they follow the chain, tell a line an event, and end on Ctrl-C."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.chain import Chain
    from services.settings import Settings
    from services.worker.follow import Role


def follow(chain: Chain, settings: Settings, name: str, role: Role, *, once: bool, as_json: bool) -> None:
    """Runs a role until Ctrl-C, or once; `name` tells its checkpoint from others."""
    import structlog

    from services.worker.checkpoint import Checkpoint
    from services.worker.follow import Follower

    structlog.configure(processors=[structlog.processors.add_log_level, _as_json if as_json else _as_line])
    checkpoint = Checkpoint.of(chain, settings.home / "checkpoints", name)
    follower = Follower(chain, role, chain.manifest.first_block, checkpoint=checkpoint)
    log = structlog.get_logger(name)
    log.info("following", chain_id=chain.chain_id, from_block=follower.next_block)
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
