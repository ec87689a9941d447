"""The figures of a run over HTTP, for a Prometheus scraper on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from indexer import metrics

_REQUEST_BYTES = 8192
_SECONDS = 5


@asynccontextmanager
async def exposed(port: int) -> AsyncIterator[None]:
    """Serves /metrics on the loopback while the context is open; port 0: nothing is served."""
    if not port:
        yield
        return
    server = await asyncio.start_server(_answer, "127.0.0.1", port, limit=_REQUEST_BYTES)
    async with server:
        yield


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        async with asyncio.timeout(_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
            is_known = head.split(b" ", 2)[:2] == [b"GET", b"/metrics"]
            body = metrics.text().encode() if is_known else b"ask for /metrics\n"
            status = b"200 OK" if is_known else b"404 Not Found"
            kind = b"text/plain; version=0.0.4; charset=utf-8"
            writer.write(b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n" % (status, kind, len(body)))
            writer.write(b"Connection: close\r\n\r\n" + body)
            await writer.drain()
    writer.close()
