"""Callers who hang up in the middle: nothing that they held is kept from the next."""

from __future__ import annotations

import contextlib
import json
import socket

import httpx
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.api.serving import serving

OVERVIEW = """{ totals { savedBytes rewardWei paidWei harvesters parcels statusCounts { count } savings { claims } }
    harvesters { nodes { optimizations(first: 5) { totalCount nodes { attestations { verifier } } } } } }"""
SUBSCRIPTIONS = (
    "subscription { chainHead { meta { block { number } } } }",
    "subscription { optimizationChanged { claimId } }",
)


def _half_ask(port: int) -> None:
    """Sends a whole request and is gone before the answer."""
    body = json.dumps({"query": OVERVIEW}).encode()
    lines = (
        "POST /graphql HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    head = "\r\n".join((*lines, "", ""))
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(head.encode() + body)


def _half_subscribe(port: int) -> None:
    url = f"ws://127.0.0.1:{port}/graphql"
    subprotocols = [Subprotocol("graphql-transport-ws")]
    with contextlib.suppress(OSError), connect(url, subprotocols=subprotocols, proxy=None) as ws:
        ws.send(json.dumps({"type": "connection_init"}))
        for number, query in enumerate(SUBSCRIPTIONS):
            ws.send(json.dumps({"type": "subscribe", "id": str(number), "payload": {"query": query}}))
        ws.recv(timeout=10)
        ws.socket.close()


def test_callers_who_hang_up_leave_no_connection_behind(town_url: str) -> None:
    with serving(town_url, LIGHTDOM_API_POOL="2") as api:
        for _ in range(25):
            _half_ask(api.port)
            _half_subscribe(api.port)
        url = f"http://127.0.0.1:{api.port}/graphql"
        answer = httpx.post(url, json={"query": OVERVIEW}, timeout=60, trust_env=False)
        log = api.log()

    assert "errors" not in answer.json()
    assert answer.json()["data"]["totals"]["savedBytes"] != "0"
    assert "Traceback" not in log, log[-3000:]
    assert "unexpected" not in log
