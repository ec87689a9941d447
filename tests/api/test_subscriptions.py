"""The API as its own process: subscriptions over graphql-transport-ws, and a clean stop."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from indexer.database import engine as open_engine
from indexer.migrations import upgrade
from tests.api.chain_rows import ChainRows, account, digest, town
from tests.api.serving import serving
from tests.indexer.postgres import Postgres

ROOT = Path(__file__).parents[2]
HEAD = (ROOT / "graphql" / "queries" / "head.graphql").read_text()
CHANGED = "subscription { optimizationChanged { claimId status votes harvester { claimsRevealed } } }"


@dataclass(slots=True)
class Living:
    """A chain that goes on while a process serves it."""

    port: int
    chain: ChainRows
    engine: Engine

    def go_on(self) -> None:
        self.chain.next_block()
        self.chain.write(self.engine)


@pytest.fixture(scope="module")
def living(postgres: Postgres) -> Iterator[Living]:
    postgres.execute("CREATE DATABASE living")
    engine = open_engine(postgres.url("living"))
    upgrade(engine)
    chain = town(claims=1)
    chain.write(engine)
    with serving(postgres.url("living")) as api:
        yield Living(api.port, chain, engine)
    engine.dispose()
    postgres.execute("DROP DATABASE living WITH (FORCE)")


@contextmanager
def _socket(port: int, **options: Any) -> Iterator[ClientConnection]:
    with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-transport-ws"], proxy=None, **options) as ws:
        yield ws


def _say(ws: ClientConnection, **message: Any) -> None:
    ws.send(json.dumps(message))


def _hear(ws: ClientConnection) -> Any:
    return json.loads(ws.recv(timeout=10))


def _hear_of(ws: ClientConnection, subscription: str) -> Any:
    while True:
        message = _hear(ws)
        if message["id"] == subscription and message["type"] == "next":
            return message["payload"]["data"]


def _head(ws: ClientConnection) -> Any:
    return _hear_of(ws, "1")["chainHead"]


def _begin(ws: ClientConnection, query: str) -> None:
    _say(ws, type="connection_init")
    assert _hear(ws)["type"] == "connection_ack"
    _say(ws, type="subscribe", id="1", payload={"query": query})


def test_a_page_of_another_origin_gets_no_socket(living: Living) -> None:
    with pytest.raises(InvalidStatus), _socket(living.port, origin="http://evil.example"):
        pass


def test_a_subscription_before_the_handshake_is_refused(living: Living) -> None:
    with _socket(living.port) as ws:
        _say(ws, type="subscribe", id="1", payload={"query": HEAD})
        with pytest.raises(ConnectionClosed):
            _hear(ws)


def test_limits_hold_on_a_socket_too(living: Living) -> None:
    with _socket(living.port) as ws:
        _begin(ws, "{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }")
        message = _hear(ws)

    assert message["type"] == "error"
    assert message["payload"][0]["extensions"]["code"] == "TOO_COMPLEX"


def test_the_head_is_told_at_once_and_after_each_block(living: Living) -> None:
    with _socket(living.port) as ws:
        _begin(ws, HEAD)
        numbers = [int(_head(ws)["meta"]["block"]["number"])]
        for _ in range(3):
            living.go_on()
            numbers.append(int(_head(ws)["meta"]["block"]["number"]))

    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_a_reorg_is_told_with_the_last_true_block(living: Living) -> None:
    with _socket(living.port) as ws:
        _begin(ws, HEAD)
        _head(ws)
        with living.engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_notify('lightdom_blocks', '{\"reorg_to\": 2}')")

        assert _head(ws)["reorgTo"] == "2"


def test_a_claim_is_told_when_it_is_revealed_voted_on_and_decided(living: Living) -> None:
    claim_id = digest("claim", "told")
    steps: list[Callable[[], object]] = [
        lambda: living.chain.reveal("told", account(1), domain_id=digest("domain")),
        lambda: living.chain.attest(claim_id),
        lambda: living.chain.slash(claim_id, account(1)),
    ]
    told = []
    with _socket(living.port) as ws:
        _begin(ws, CHANGED)
        # A second subscription that answers at once says that the first, begun before it, is waiting.
        _say(ws, type="subscribe", id="2", payload={"query": HEAD})
        _hear(ws)
        _say(ws, type="complete", id="2")
        for step in steps:
            living.chain.next_block()
            step()
            living.chain.write(living.engine)
            told.append(_hear_of(ws, "1")["optimizationChanged"])

    assert [claim["status"] for claim in told] == ["PENDING", "PENDING", "SLASHED"]
    assert {claim["claimId"] for claim in told} == {"0x" + claim_id.hex()}
    assert told[0]["harvester"] == {"claimsRevealed": 1}


def test_a_connection_that_is_lost_is_made_again_and_nothing_is_missed(living: Living) -> None:
    with _socket(living.port) as ws:
        _begin(ws, HEAD)
        _head(ws)
        with living.engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'lightdom-api-feed' AND datname = current_database()"
            )
        # Listening again is news by itself: whatever was missed meanwhile is read then.
        assert _head(ws)["meta"]["block"]["number"] == str(living.chain.number)


def test_a_terminated_process_ends_cleanly_with_a_socket_open(town_url: str) -> None:
    with serving(town_url) as api, _socket(api.port) as ws:
        _begin(ws, HEAD)
        _hear(ws)
        api.process.send_signal(signal.SIGTERM)
        api.process.wait(10)

        assert "Traceback" not in api.log()
