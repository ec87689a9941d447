"""A node that fails or answers wrongly is told apart from one that is asked for too much; the mirror takes no harm."""

import asyncio
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from indexer.errors import AnswerTooLarge, ChainMoved, NodeAnswerWrong, NodeBusy, NodeUnreachable, Retryable
from indexer.node import Node
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, follow_until, places, places_on_chain, settings_for, take_steps
from tests.indexer.test_reorg import emit_blocks

Change = Callable[[Any, Any], Any]


@contextmanager
def proxy(url: str, change: Change, fields: Mapping[str, str] | None = None) -> Iterator[str]:
    """A node in front of the real one: `change(request, answer)` gives what is sent: JSON, bytes or a status.

    `fields`: what each answer says in its head besides.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            answer = httpx.post(url, content=request, headers={"Content-Type": "application/json"}, trust_env=False)
            changed = change(json.loads(request), answer.json())
            body = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
            self.send_response(changed if isinstance(changed, int) else 200)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (fields or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def ask(url: str, *calls: tuple[str, list[Any]], answer_bytes: int = 100_000) -> list[Any]:
    async def work() -> list[Any]:
        async with Node(url, answer_bytes) as node:
            return await node.batch(calls)

    return asyncio.run(work())


CHAIN_ID = ("eth_chainId", [])


def test_no_node_is_unreachable() -> None:
    with pytest.raises(NodeUnreachable, match="set LIGHTDOM_RPC_URL"):
        ask("http://127.0.0.1:1", CHAIN_ID)


def test_a_key_in_the_url_is_not_repeated() -> None:
    with pytest.raises(NodeUnreachable) as refused:
        ask("http://name:word@127.0.0.1:1/v3/secretkey?token=secret", CHAIN_ID)

    assert "secret" not in str(refused.value)
    assert "word" not in str(refused.value)


def _error(code: int, message: str) -> Change:
    return lambda request, answer: [{"id": call["id"], "error": {"code": code, "message": message}} for call in request]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda request, answer: 429, NodeBusy),
        (lambda request, answer: 503, NodeBusy),
        (lambda request, answer: 413, AnswerTooLarge),
        (lambda request, answer: b"<html>maintenance</html>", NodeAnswerWrong),
        (lambda request, answer: b"", NodeAnswerWrong),
        (lambda request, answer: [], NodeAnswerWrong),
        (lambda request, answer: answer[0], NodeAnswerWrong),
        (lambda request, answer: [{"id": 0}], NodeAnswerWrong),
        (lambda request, answer: [{"id": 0, "result": "x" * 200_000}], AnswerTooLarge),
        (_error(-32602, "query returned more than 10000 results"), AnswerTooLarge),
        (_error(-32005, "limit"), AnswerTooLarge),
        (_error(-32000, "exceeds max block range 1000"), AnswerTooLarge),
        (_error(-32005, "daily request count exceeded, request rate limited: rate limit"), NodeBusy),
        (_error(-32000, "header not found"), NodeAnswerWrong),
    ],
)
def test_each_failure_has_its_error(chain: Anvil, change: Change, error: type[Exception]) -> None:
    with proxy(chain.url, change) as url, pytest.raises(error):
        ask(url, CHAIN_ID)


def test_answers_out_of_order_are_put_in_order(chain: Anvil) -> None:
    chain.mine(3)
    with proxy(chain.url, lambda request, answer: list(reversed(answer))) as url:
        found = ask(url, CHAIN_ID, ("eth_blockNumber", []), CHAIN_ID)

    assert found == ["0x7a69", "0x3", "0x7a69"]


def _on_logs(change: Callable[[list[dict[str, Any]]], Any]) -> Change:
    """Changes the answers to eth_getLogs, and only those."""

    def changed(request: Any, answer: Any) -> Any:
        if isinstance(request, dict) and request["method"] == "eth_getLogs":
            return {"id": request["id"], "result": change(answer["result"])}
        return answer

    return changed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda logs: [log | {"removed": True} for log in logs], "marked removed"),
        (lambda logs: [log | {"address": "0x" + "11" * 20} for log in logs], "not asked for|two hashes"),
        (lambda logs: [log | {"blockNumber": "0xffff"} for log in logs], "not asked for|two hashes"),
        (lambda logs: [log | {"blockHash": "0x" + "11" * 32} for log in logs], "was replaced"),
        (
            lambda logs: [log | {"logIndex": "0x0", "data": hex(n)} for n, log in enumerate(logs, 16)],
            "two different logs",
        ),
        (lambda logs: [{k: v for k, v in log.items() if k != "data"} for log in logs], "not a log"),
        (lambda logs: [log | {"topics": ["0x11"]} for log in logs], "not a log"),
        (
            lambda logs: [log | {"blockTimestamp": None, "blockNumber": "0xffffffff"} for log in logs],
            "not asked for|two hashes",
        ),
        (lambda logs: {"logs": logs}, "not a list of logs"),
        (lambda logs: [None, *logs], "not a log"),
    ],
)
def test_logs_that_cannot_be_are_refused_and_nothing_is_written(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, change: Any, reason: str
) -> None:
    emit_blocks(random.Random(1), chain, emitters, 5)
    with proxy(chain.url, _on_logs(change)) as url:
        settings = settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url)
        with pytest.raises(Retryable, match=reason):
            take_steps(settings, 1)

    assert contents(database)["checkpoint"][0][2] == -1
    assert places(contents(database)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda logs: logs + logs,
        lambda logs: list(reversed(logs)),
        lambda logs: [{k: v for k, v in log.items() if k != "blockTimestamp"} for log in logs],
    ],
    ids=["twice", "backwards", "without times"],
)
def test_answers_that_are_merely_odd_are_read(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, change: Any
) -> None:
    emit_blocks(random.Random(2), chain, emitters, 6)
    with proxy(chain.url, _on_logs(change)) as url:
        catch_up(settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url))
    catch_up(settings_for(second_database, chain, tmp_path))

    assert contents(database) == contents(second_database)
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))


def test_a_reorg_in_the_middle_of_a_reading_mixes_no_chains(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(3), chain, emitters, 6)
    reorgs = iter([4])

    def reorg_once(logs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for depth in reorgs:
            chain.reorg(depth)
        return logs

    with proxy(chain.url, _on_logs(reorg_once)) as url:
        settings = settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url)
        with pytest.raises(ChainMoved, match="was replaced while it was being read"):
            take_steps(settings, 1)
        catch_up(settings)

    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))


def test_a_node_that_refuses_wide_ranges_is_asked_for_narrow_ones(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(4), chain, emitters, 20)

    def narrow(request: Any, answer: Any) -> Any:
        if isinstance(request, dict) and request["method"] == "eth_getLogs":
            asked = request["params"][0]
            if int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) > 3:
                return {"id": request["id"], "error": {"code": -32602, "message": "block range is too large"}}
        return answer

    with proxy(chain.url, narrow) as url:
        settings = settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url)
        asyncio.run(follow_until(settings, database, chain.head))

    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
