"""`python -m services.worker ROLE`: runs one role until SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

import structlog

from optimizer.fetch import FetchLimits
from optimizer.source import MAX_BYTES, TIMEOUT_SECONDS
from services.blobs import open_store
from services.chain import DEVELOPMENT_CHAIN_ID, Chain, connect, open_account
from services.errors import ChainError, ServiceError
from services.settings import Settings, read_settings
from services.worker.follow import RETRY_SECONDS, Follower, Role

log = structlog.get_logger("worker")
ROLES = ("verifier", "challenger", "settler")
VERIFIER_KEYS = ("verifier_1", "verifier_2", "verifier_3")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 after an asked stop, 1 when a setting or key is wrong."""
    parser = argparse.ArgumentParser(prog="python -m services.worker", description=__doc__)
    parser.add_argument("role", choices=ROLES, help="verifier votes, challenger slashes, settler finalizes and pays")
    role_name = parser.parse_args(arguments).role
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = read_settings()
        chain = _connect_when_ready(settings, stop)
        if chain is None:
            return 0
        role = build_role(role_name, chain, settings)
    except ServiceError as error:
        log.error(str(error), code=error.code, next_step=error.next_step)
        return 1
    log.info("following", role=role_name, chain_id=chain.chain_id, from_block=chain.manifest.first_block)
    Follower(chain, role, chain.manifest.first_block).run(stop)
    return 0


def build_role(name: str, chain: Chain, settings: Settings) -> Role:
    """A role with the keys that the settings give it."""
    from services.challenger import ChallengerNode
    from services.settler import SettlerNode
    from services.verifier.examine import Examiner
    from services.verifier.journal import Journal
    from services.verifier.node import VerifierNode

    if name == "verifier":
        keys = [open_account(key, chain.chain_id, settings) for key in VERIFIER_KEYS]
        # No host serves the example pages of a development chain: fetching them is not even tried there.
        is_public = chain.chain_id != DEVELOPMENT_CHAIN_ID
        limits = FetchLimits(MAX_BYTES, TIMEOUT_SECONDS, settings.loopback_permitted) if is_public else None
        examiner, journal = Examiner(limits, rendering=True), Journal.of(chain, settings.home)
        return VerifierNode(chain, open_store(settings.ipfs_url), keys, examiner, journal)
    if name == "challenger":
        key = open_account("challenger", chain.chain_id, settings)
        return ChallengerNode(chain, open_store(settings.ipfs_url), key)
    return SettlerNode(chain, open_account("treasury", chain.chain_id, settings))


def _connect_when_ready(settings: Settings, stop: threading.Event) -> Chain | None:
    while not stop.is_set():
        try:
            return connect(settings)
        except ChainError as error:
            log.info("waiting for the chain", code=error.code, reason=str(error))
            stop.wait(RETRY_SECONDS)
    return None


if __name__ == "__main__":
    sys.exit(main())
