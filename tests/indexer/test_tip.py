"""At the head: a new block is a committed row at once, by subscription or by polling, and a busy node gets its rest."""

import asyncio
import json
import random
import statistics
import time
from pathlib import Path

import psycopg
import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import NodeBusy, SettingInvalid
from indexer.heads import Heads, subscription_url
from indexer.node import Node
from indexer.settings import read_settings
from indexer.wire import _seconds
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import contents, follow_until, places, places_on_chain, settings_for
from tests.indexer.process import Process, wait_until
from tests.indexer.test_node import ask, proxy
from tests.indexer.test_reorg import emit_blocks

_BURST = keccak(text="burstTransfers(uint256,uint256)")[:4]


@pytest.mark.parametrize("url", ["http://host", "ftp://x", "yes"])
def test_a_subscription_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingInvalid, match="LIGHTDOM_WS_URL"):
        read_settings({"LIGHTDOM_DATABASE_URL": "postgresql://x", "LIGHTDOM_WS_URL": url})


def test_the_first_node_is_subscribed_to_unless_told_otherwise() -> None:
    assert subscription_url("none", "http://a") is None
    assert subscription_url("ws://b/key", "http://a") == "ws://b/key"
    assert subscription_url("auto", "http://a:1/key?x=1,http://c") == "ws://a:1/key?x=1"
    assert subscription_url("auto", "https://a/key") == "wss://a/key"


def test_a_node_that_takes_no_subscription_is_polled() -> None:
    async def looks() -> int:
        async with Heads("ws://127.0.0.1:1", 0.01) as heads:
            heads._waited = 10
            for _ in range(20):
                await heads.wait()
            return heads.is_subscribed

    started = time.monotonic()
    assert not asyncio.run(looks())
    assert time.monotonic() - started < 5


def test_a_subscribed_loop_is_woken_by_a_block_and_outlives_its_node(chain: Anvil) -> None:
    async def woken() -> tuple[float, bool]:
        async with Heads(chain.url.replace("http", "ws"), 0.5) as heads:
            heads._waited = 10
            waiting = asyncio.create_task(heads.wait())
            await waiting
            await heads.wait()  # ends when the subscription is there: a block may have come before it
            started = time.monotonic()
            mining = asyncio.create_task(asyncio.to_thread(chain.mine))
            await heads.wait()
            seconds = time.monotonic() - started
            await mining
            chain.stop()
            for _ in range(1000):
                if not heads.is_subscribed:
                    break
                await asyncio.sleep(0.01)
            return seconds, heads.is_subscribed

    seconds, is_subscribed = asyncio.run(woken())

    assert seconds < 3
    assert not is_subscribed


@pytest.mark.parametrize("way", ["auto", "none"])
def test_a_block_of_five_thousand_events_is_there_at_once(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, way: str
) -> None:
    indexer = Process(database, chain.url, tmp_path, LIGHTDOM_WS_URL=way)
    indexer.start()
    try:
        wait_until(lambda: "subscribed to new blocks" in indexer.words if way == "auto" else indexer.is_working)
        with psycopg.connect(database, autocommit=True) as listener:
            listener.execute("LISTEN lightdom_blocks")
            lags = [_lag(chain, emitters, listener, seed) for seed in range(4)]
    finally:
        indexer.stop()

    # The goal of 200 ms is for a quiet machine, where bench/tip.py measures it: other tests may share the two cores.
    assert statistics.median(lags) < 2
    assert len(contents(database)["dsh_transfer"]) == 4 * 5000


def _lag(chain: Anvil, emitters: Emitters, listener: "psycopg.Connection[tuple[object, ...]]", seed: int) -> float:
    """Seconds between the chain having the block and a reader hearing of its rows."""
    call = _BURST + encode(["uint256", "uint256"], [5000, seed * 5000])
    chain.send(emitters.addresses["DOMSpaceToken"], "0x" + call.hex(), gas=1_000_000_000)
    chain.mine()
    started = time.monotonic()
    for notice in listener.notifies(timeout=60):
        if json.loads(notice.payload).get("number") == chain.head:
            break
    return time.monotonic() - started


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**12), st.text(max_size=30))
def test_a_wish_to_rest_is_read_as_seconds_or_not_at_all(seconds: int, words: str) -> None:
    assert _seconds(str(seconds)) == float(str(seconds)[:9])
    assert (_seconds(words) or 0) >= 0


def test_a_node_that_asks_for_rest_gets_it_and_another_is_asked_meanwhile(chain: Anvil) -> None:
    async def work(urls: str) -> tuple[float, str]:
        async with Node(urls, 100_000) as node:
            with pytest.raises(NodeBusy, match="left alone for 7 s"):
                await node.call("eth_chainId")
            rest = node.rest_seconds
            node.turn()
            return rest, node.name if node.rest_seconds == 0 else "at rest"

    with proxy(chain.url, lambda request, answer: 429, {"Retry-After": "7"}) as url:
        alone, name = asyncio.run(work(url))
        assert (6 < alone <= 7, name) == (True, "at rest")
        both, name = asyncio.run(work(f"{url},{chain.url}"))

    assert (6 < both <= 7, name) == (True, chain.url)
    assert ask(chain.url, ("eth_chainId", [])) == ["0x7a69"]


def test_a_mirror_waits_as_long_as_its_only_node_asks(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(1), chain, emitters, 3)
    asked: list[float] = []

    def busy_once(request: object, answer: object) -> object:
        asked.append(time.monotonic())
        return 429 if len(asked) == 1 else answer

    with proxy(chain.url, busy_once, {"Retry-After": "2"}) as url:
        asyncio.run(follow_until(settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url), database, chain.head))

    assert asked[1] - asked[0] >= 1.9
    assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))
