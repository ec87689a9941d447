"""When to look at the chain again: as soon as the node tells of a new block, else after the poll's pause.

Invariant: a notification only wakes the loop. What it says is believed of nobody: the loop asks the node as it always
does, so a subscription that lies, lags or dies costs time and never a row.
"""

import asyncio
from contextlib import suppress
from importlib import import_module
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import orjson

from indexer import metrics
from indexer.telemetry import logger

_SETTLED_SECONDS = 1.0  # at the head for so long, a subscription is worth its library's import
_AGAIN_SECONDS = 60.0
_CONNECT_SECONDS = 5.0
_MESSAGE_BYTES = 1 << 20
_LOOKS_SAVED = 10  # a subscribed node is polled so much more seldom, against notices that never come


class Heads:
    """Notices of new blocks over one WebSocket; use it as an async context. `url` None: polling only."""

    def __init__(self, url: str | None, poll_seconds: float) -> None:
        self._url = url
        self._poll_seconds = poll_seconds
        self._is_subscribed = False
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._waited = 0.0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    @property
    def is_subscribed(self) -> bool:
        """Whether the node tells of new blocks now."""
        return self._is_subscribed

    async def wait(self) -> None:
        """Returns when there may be a new block."""
        seconds = self._poll_seconds * (_LOOKS_SAVED if self._is_subscribed else 1)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()
        self._waited += seconds
        if self._task is None and self._url is not None and self._waited >= _SETTLED_SECONDS:
            self._task = asyncio.create_task(self._listen(self._url))

    async def _listen(self, url: str) -> None:
        client: Any = await asyncio.to_thread(import_module, "websockets.asyncio.client")
        failures = await asyncio.to_thread(import_module, "websockets.exceptions")
        while True:
            try:
                await self._subscribed(client, url)
                reason = "the node refuses"
            except (OSError, TimeoutError, failures.WebSocketException) as error:
                reason = type(error).__name__
            finally:
                self._is_subscribed = False
                metrics.put("indexer_subscribed", 0)
            logger.info("polling", reason=reason, subscribes_again_in_seconds=_AGAIN_SECONDS)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _subscribed(self, client: Any, url: str) -> None:
        """Wakes the loop with each notice, until the connection ends."""
        connection = client.connect(url, open_timeout=_CONNECT_SECONDS, max_size=_MESSAGE_BYTES, proxy=None)
        async with connection as socket:
            await socket.send(orjson.dumps(_SUBSCRIBE).decode())
            async with asyncio.timeout(_CONNECT_SECONDS):
                answer = _read(await socket.recv())
            if "result" not in answer:
                return
            self._is_subscribed = True
            metrics.put("indexer_subscribed", 1)
            logger.info("subscribed to new blocks")
            self._news.set()  # what came between the last look and now
            async for _ in socket:
                self._news.set()


_SUBSCRIBE = {"jsonrpc": "2.0", "id": 0, "method": "eth_subscribe", "params": ["newHeads"]}


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}


def subscription_url(setting: str, rpc_url: str) -> str | None:
    """Where to subscribe: as set, `none`, or by `auto` the first node's own address, which most answer there too."""
    if setting == "none":
        return None
    if setting != "auto":
        return setting
    first = rpc_url.split(",")[0]
    return urlsplit(first)._replace(scheme="wss" if first.startswith("https") else "ws").geturl()
