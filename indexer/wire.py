"""HTTP/1.1 as JSON-RPC needs it: POST on kept connections, straight into one buffer of bounded size.

A general client copies each answer several times and parses it in small pieces; a backfill reads hundreds of megabytes
of them. Invariant: a connection is used again only after a whole answer was read from it.
"""

import asyncio
import base64
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

_HEAD_BYTES = 64 * 1024
_CONNECT_SECONDS = 5.0


class WireError(Exception):
    """The connection failed, or what came is not HTTP."""


class WireTooLarge(WireError):
    """The answer is longer than it may be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of one answer."""

    status: int
    body: bytearray
    retry_after: float | None


class Wire:
    """Connections to one URL."""

    def __init__(self, url: str, answer_bytes: int) -> None:
        parts = urlsplit(url)
        is_secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if is_secure else 80)
        self._tls = ssl.create_default_context() if is_secure else None
        self._answer_bytes = answer_bytes
        self._idle: list[_Connection] = []
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = f"[{self._host}]" if ":" in self._host else self._host
        lines = [f"POST {path} HTTP/1.1", f"Host: {host}:{self._port}", "Content-Type: application/json"]
        if parts.username is not None:
            user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            lines.append("Authorization: Basic " + base64.b64encode(user.encode()).decode())
        self._head = "\r\n".join(lines) + "\r\nAccept-Encoding: identity\r\nContent-Length: "

    async def post(self, body: bytes, timeout_seconds: float) -> Answer:
        """Sends one request. Raises WireError, WireTooLarge, TimeoutError."""
        async with asyncio.timeout(timeout_seconds):
            while self._idle:
                connection = self._idle.pop()
                if connection.is_open:
                    with suppress(_ClosedBefore):  # it was closed while it lay idle: the request was not read
                        return await self._exchange(connection, body)
            return await self._exchange(await self._connect(), body)

    async def _connect(self) -> "_Connection":
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                _, connection = await asyncio.get_running_loop().create_connection(
                    lambda: _Connection(self._answer_bytes), self._host, self._port, ssl=self._tls
                )
        except TimeoutError as error:
            raise WireError(f"no connection within {_CONNECT_SECONDS} s") from error
        except OSError as error:
            raise WireError(str(error) or type(error).__name__) from error
        return connection

    async def _exchange(self, connection: "_Connection", body: bytes) -> Answer:
        try:
            answer = await connection.exchange(f"{self._head}{len(body)}\r\n\r\n".encode() + body)
        except BaseException:
            connection.close()  # whatever comes on it later belongs to nobody
            raise
        if connection.is_reusable:
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    def close(self) -> None:
        """Closes what lies idle."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()


class _ClosedBefore(WireError):
    """The connection ended before the first byte of an answer."""


class _Connection(asyncio.BufferedProtocol):
    """One connection, one request at a time; the body is received in place."""

    def __init__(self, answer_bytes: int) -> None:
        self._limit = answer_bytes
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[Answer] | None = None
        self.is_open = False
        self.is_reusable = False
        self._reset()

    def _reset(self) -> None:
        self._head = bytearray(_HEAD_BYTES)
        self._filled = 0  # of the head, or of the body
        self._body: bytearray | None = None
        self._chunks: _Chunks | None = None
        self._ends_at_close = False
        self._status = 0
        self._retry_after: float | None = None

    async def exchange(self, request: bytes) -> Answer:
        assert self._transport is not None
        self._reset()
        self.is_reusable = False
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiter

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.is_open = True

    def get_buffer(self, sizehint: int) -> memoryview:
        if self._body is not None and self._chunks is None and not self._ends_at_close:
            return memoryview(self._body)[self._filled :]
        if self._filled == len(self._head):
            self._head.extend(bytes(_HEAD_BYTES))
        return memoryview(self._head)[self._filled :]

    def buffer_updated(self, size: int) -> None:
        self._filled += size
        try:
            if self._body is None:
                self._read_head()
            elif self._chunks is not None or self._ends_at_close:
                self._take_piece(bytes(self._head[: self._filled]))
            elif self._filled == len(self._body):
                self._finish()
        except WireError as error:
            self._fail(error)

    def eof_received(self) -> bool:
        if self._ends_at_close and self._body is not None:
            self._finish()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if self._body is None and self._filled == 0:
            self._fail(_ClosedBefore("closed before an answer"))
        else:
            self._fail(WireError("closed within an answer"))

    # Reading.

    def _read_head(self) -> None:
        end = self._head.find(b"\r\n\r\n", 0, self._filled)
        if end < 0:
            if self._filled > _HEAD_BYTES:
                raise WireError("a head without an end")
            return
        rest = bytes(self._head[end + 4 : self._filled])
        first, *lines = bytes(self._head[:end]).decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        try:
            version, status, *_ = first.split(" ")
            self._status = int(status)
            length = None if "content-length" not in fields else int(fields["content-length"])
        except ValueError as error:
            raise WireError("not an HTTP answer") from error
        if not version.startswith("HTTP/1.") or (length is not None and length < 0):
            raise WireError("not an HTTP answer")
        self._retry_after = _seconds(fields.get("retry-after", ""))
        self.is_reusable = version == "HTTP/1.1" and fields.get("connection", "").lower() != "close"
        self._filled = 0
        if fields.get("transfer-encoding", "").lower() == "chunked":
            self._chunks, self._body = _Chunks(self._limit), bytearray()
            self._take_piece(rest)
        elif length is None:
            self._ends_at_close, self._body, self.is_reusable = True, bytearray(), False
            self._take_piece(rest)
        elif length > self._limit:
            raise WireTooLarge(f"an answer of more than {self._limit} bytes")
        elif len(rest) > length:
            raise WireError("more than one answer")
        else:
            self._body = bytearray(length)
            self._body[: len(rest)] = rest
            self._filled = len(rest)
            if self._filled == length:
                self._finish()

    def _take_piece(self, piece: bytes) -> None:
        self._filled = 0
        assert self._body is not None
        if self._chunks is not None:
            if self._chunks.take(piece):
                self._body = self._chunks.content
                self._finish()
            return
        self._body += piece
        if len(self._body) > self._limit:
            raise WireTooLarge(f"an answer of more than {self._limit} bytes")

    def _finish(self) -> None:
        assert self._body is not None
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(Answer(self._status, self._body, self._retry_after))
        self._reset()

    def _fail(self, error: WireError) -> None:
        self.is_reusable = False
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)
        if self._transport is not None:
            self._transport.abort()


def _seconds(retry_after: str) -> float | None:
    """Seconds or a date (RFC 9110, 10.2.3); None for neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None


class _Chunks:
    """A body that comes in chunks (RFC 9112, 7.1)."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self._limit = limit
        self._rest = bytearray()
        self._needed = 0  # bytes of the present chunk that are to come, its line end included

    def take(self, piece: bytes) -> bool:
        """Takes up a piece; True once the last chunk was read."""
        self._rest += piece
        while True:
            if self._needed:
                if len(self._rest) < self._needed:
                    return False
                self.content += self._rest[: self._needed - 2]
                if len(self.content) > self._limit:
                    raise WireTooLarge(f"an answer of more than {self._limit} bytes")
                del self._rest[: self._needed]
                self._needed = 0
            end = self._rest.find(b"\r\n")
            if end < 0:
                if len(self._rest) > _HEAD_BYTES:
                    raise WireError("a chunk without a size")
                return False
            try:
                size = int(self._rest[:end].partition(b";")[0], 16)
            except ValueError as error:
                raise WireError("a chunk without a size") from error
            if size == 0:
                # Trailers, if any, end with an empty line.
                return self._rest.find(b"\r\n\r\n", end) >= 0
            if not 0 <= size <= self._limit:
                raise WireTooLarge(f"an answer of more than {self._limit} bytes")
            del self._rest[: end + 2]
            self._needed = size + 2
