"""`python -m services.worker ROLE`: runs one role until SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

import structlog
from prometheus_client import start_http_server

from optimizer.fetch import FetchLimits
from optimizer.source import MAX_BYTES, TIMEOUT_SECONDS
from services.blobs import BlobStore, open_store
from services.chain import DEVELOPMENT_CHAIN_ID, Chain, connect, open_account
from services.chain.figures import REGISTRY
from services.errors import ChainError, ServiceError
from services.harvest.answering import AnswerNode
from services.settings import Settings, read_settings
from services.worker.follow import RETRY_SECONDS, Follower, run_all

log = structlog.get_logger("worker")
ROLES = ("verifier", "challenger", "settler", "answerer")
VERIFIER_KEYS = ("verifier_1", "verifier_2", "verifier_3")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 after an asked stop, 1 when a setting or key is wrong."""
    parser = argparse.ArgumentParser(prog="python -m services.worker", description=__doc__)
    parser.add_argument(
        "role", choices=ROLES, help="verifier votes, challenger slashes, settler pays, answerer shows data"
    )
    parser.add_argument(
        "--metrics-port", type=int, default=0, help="show /metrics on this port of the loopback (default: nowhere)"
    )
    options = parser.parse_args(arguments)
    role_name = options.role
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
        followers = build_followers(role_name, chain, settings)
    except ServiceError as error:
        log.error(str(error), code=error.code, next_step=error.next_step)
        return 1
    if options.metrics_port:
        start_http_server(options.metrics_port, "127.0.0.1", registry=REGISTRY)
    log.info("following", role=role_name, chain_id=chain.chain_id, from_block=chain.manifest.first_block)
    run_all(followers, stop)
    return 0


def build_followers(name: str, chain: Chain, settings: Settings) -> list[Follower]:
    """What a role follows, with the keys that the settings give it."""
    from services.challenger import ChallengerNode
    from services.settler import SettlerNode

    first = chain.manifest.first_block
    if name == "verifier":
        return _verifier_followers(chain, settings)
    store = open_store(settings.ipfs_url)
    if name == "challenger":
        return [
            Follower(chain, ChallengerNode(chain, store, open_account("challenger", chain.chain_id, settings)), first)
        ]
    if name == "answerer":
        return [Follower(chain, _answer_node(chain, store, settings), first)]
    return [Follower(chain, SettlerNode(chain, open_account("treasury", chain.chain_id, settings)), first)]


def _verifier_followers(chain: Chain, settings: Settings) -> list[Follower]:
    """A verifier's three duties: votes on claims, on domains, and on pages that a reward streams for."""
    from services.domains import DomainNode, Look, requests_made
    from services.verifier.board import Board
    from services.verifier.confirm import ConfirmNode
    from services.verifier.examine import Examiner
    from services.verifier.journal import Journal
    from services.verifier.node import VerifierNode

    first, store = chain.manifest.first_block, open_store(settings.ipfs_url)
    keys = [open_account(key, chain.chain_id, settings) for key in VERIFIER_KEYS]
    journal = Journal.of(chain, settings.home)
    limits = FetchLimits(MAX_BYTES, TIMEOUT_SECONDS, settings.loopback_permitted)
    # No host serves the example pages of a development chain: fetching them is not even tried there.
    if chain.chain_id == DEVELOPMENT_CHAIN_ID and not settings.loopback_permitted:
        examiner = Examiner(None, rendering=True)
        return [Follower(chain, VerifierNode(chain, store, keys, examiner, journal), first)]
    examiner = Examiner(limits, rendering=True)
    return [
        Follower(chain, VerifierNode(chain, store, keys, examiner, journal), first),
        Follower(chain, DomainNode(chain, keys, Look(limits)), first, find=requests_made),
        Follower(chain, ConfirmNode(chain, store, keys, limits, Board(settings.board)), first),
    ]


def _answer_node(chain: Chain, store: BlobStore, settings: Settings) -> AnswerNode:
    """For the harvester's claims, by a key of its own where there is one: two senders of one key get in their way."""
    harvester = open_account("harvester", chain.chain_id, settings)
    has_own = "answerer" in settings.keystores or chain.chain_id == DEVELOPMENT_CHAIN_ID
    key = open_account("answerer", chain.chain_id, settings) if has_own else harvester
    return AnswerNode(chain, store, key, harvester.address)


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
