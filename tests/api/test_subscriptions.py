"""The API as its own process: subscriptions over graphql-transport-ws, a clean stop, and settings that are refused."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from indexer.database import engine as open_engine
from tests.api.chain_rows import account, digest, town

ROOT = Path(__file__).parents[2]
HEAD = (ROOT / "graphql" / "queries" / "head.graphql").read_text()
CHANGED = "subscription { optimizationChanged { claimId status votes harvester { claimsRevealed } } }"


def _environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIGHTDOM_")}
    return kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}"} | settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(url: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = _free_port()
    environment = _environment(LIGHTDOM_DATABASE_URL=url, LIGHTDOM_API_PORT=str(port))
    process = subprocess.Popen([sys.executable, "-m", "api"], env=environment, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _socket(port: int, **options: Any) -> Iterator[ClientConnection]:
    with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-transport-ws"], proxy=None, **options) as ws:
        yield ws


def _say(ws: ClientConnection, **message: Any) -> None:
    ws.send(json.dumps(message))


def _hear(ws: ClientConnection) -> Any:
    return json.loads(ws.recv(timeout=10))


def _begin(ws: ClientConnection, query: str) -> None:
    _say(ws, type="connection_init")
    assert _hear(ws)["type"] == "connection_ack"
    _say(ws, type="subscribe", id="1", payload={"query": query})


def test_a_page_of_another_origin_gets_no_socket(town_url: str) -> None:
    with _serving(town_url) as (_, port), pytest.raises(InvalidStatus), _socket(port, origin="http://evil.example"):
        pass


def test_a_subscription_before_the_handshake_is_refused(town_url: str) -> None:
    with _serving(town_url) as (_, port), _socket(port) as ws:
        _say(ws, type="subscribe", id="1", payload={"query": HEAD})
        with pytest.raises(ConnectionClosed):
            _hear(ws)


def test_limits_hold_on_a_socket_too(town_url: str) -> None:
    with _serving(town_url) as (_, port), _socket(port) as ws:
        _begin(ws, "{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }")
        message = _hear(ws)

    assert message["type"] == "error"
    assert message["payload"][0]["extensions"]["code"] == "TOO_COMPLEX"


def test_the_head_is_told_at_once_and_after_each_block(empty_chain: str) -> None:
    chain = town(claims=1)
    engine = open_engine(empty_chain)
    chain.write(engine)
    with _serving(empty_chain) as (_, port), _socket(port) as ws:
        _begin(ws, HEAD)
        heads = [_hear(ws)["payload"]["data"]["chainHead"]]
        for _ in range(3):
            chain.next_block()
            chain.write(engine)
            heads.append(_hear(ws)["payload"]["data"]["chainHead"])
    engine.dispose()

    first = int(heads[0]["meta"]["block"]["number"])
    assert [int(head["meta"]["block"]["number"]) for head in heads] == [first, first + 1, first + 2, first + 3]


def test_a_reorg_is_told_with_the_last_true_block(empty_chain: str) -> None:
    engine = open_engine(empty_chain)
    town(claims=1).write(engine)
    with _serving(empty_chain) as (_, port), _socket(port) as ws:
        _begin(ws, HEAD)
        _hear(ws)
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_notify('lightdom_blocks', '{\"reorg_to\": 2}')")
        head = _hear(ws)["payload"]["data"]["chainHead"]
    engine.dispose()

    assert head["reorgTo"] == "2"


def test_a_claim_is_told_when_it_is_revealed_voted_on_and_decided(empty_chain: str) -> None:
    chain = town(claims=0)
    engine = open_engine(empty_chain)
    chain.write(engine)
    told = []
    with _serving(empty_chain) as (_, port), _socket(port) as ws:
        _begin(ws, CHANGED)
        # A ping behind the subscription is answered once the server has read both.
        _say(ws, type="ping")
        assert _hear(ws)["type"] == "pong"
        time.sleep(0.3)
        claim_id = digest("claim", "told")
        steps: list[Callable[[], object]] = [
            lambda: chain.reveal("told", account(1), domain_id=digest("domain")),
            lambda: chain.attest(claim_id),
            lambda: chain.slash(claim_id, account(1)),
        ]
        for step in steps:
            chain.next_block()
            step()
            chain.write(engine)
            told.append(_hear(ws)["payload"]["data"]["optimizationChanged"])
    engine.dispose()

    assert [claim["status"] for claim in told] == ["PENDING", "PENDING", "SLASHED"]
    assert {claim["claimId"] for claim in told} == {"0x" + claim_id.hex()}
    assert told[0]["harvester"] == {"claimsRevealed": 1}


def test_a_database_that_restarts_is_listened_to_again(empty_chain: str) -> None:
    chain = town(claims=1)
    engine = open_engine(empty_chain)
    chain.write(engine)
    with _serving(empty_chain) as (_, port), _socket(port) as ws:
        _begin(ws, HEAD)
        _hear(ws)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lightdom-api-feed'"
            )
        # Listening again is news by itself: whatever was missed meanwhile is read then.
        assert _hear(ws)["payload"]["data"]["chainHead"]["meta"]["block"]["number"] == str(chain.number)
    engine.dispose()


def test_a_terminated_process_ends_cleanly_with_a_socket_open(town_url: str) -> None:
    with _serving(town_url) as (process, port), _socket(port) as ws:
        _begin(ws, HEAD)
        _hear(ws)
        process.send_signal(signal.SIGTERM)
        process.wait(10)

        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read().decode()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "LIGHTDOM_DATABASE_URL is not set"),
        ({"LIGHTDOM_DATABASE_URL": "mysql://x"}, "postgresql://"),
        ({"LIGHTDOM_DATABASE_URL": "postgresql://x", "LIGHTDOM_API_PORT": "٨٤٢٠"}, "whole number"),
        ({"LIGHTDOM_DATABASE_URL": "postgresql://x", "LIGHTDOM_API_PORT": "65536"}, "whole number"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_process(settings: dict[str, str], words: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "api"], env=_environment(**settings), capture_output=True, text=True, timeout=30
    )

    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_named(town_url: str) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        environment = _environment(LIGHTDOM_DATABASE_URL=town_url, LIGHTDOM_API_PORT=port)
        ended = subprocess.run(
            [sys.executable, "-m", "api"], env=environment, capture_output=True, text=True, timeout=30
        )

    assert ended.returncode == 2
    assert port in ended.stderr
    assert "LIGHTDOM_API_PORT" in ended.stderr
