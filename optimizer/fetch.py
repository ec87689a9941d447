"""Fetches one page over http or https without ever reaching into a private network.

Every host on the way, redirects included, is resolved here, each of its addresses judged, and the connection made to
the address that was judged: a name that resolves differently a moment later (DNS rebinding) gains nothing. Size and
time are limited for the whole chain, and nothing but the page is asked for: no cookies, no proxy, no credentials.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from optimizer.addresses import is_reachable
from optimizer.errors import (
    AddressRefusedError,
    ConnectionFailedError,
    FetchTimedOutError,
    HostNotFoundError,
    PageTooLargeError,
    StatusNotOkError,
    TooManyRedirectsError,
    UrlInvalidError,
)

__all__ = ["FetchLimits", "Fetched", "fetch"]

MAX_REDIRECTS = 5
_CHUNK_BYTES = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {
    "User-Agent": "LightDom/0.1 (page optimizer)",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost and reach."""

    max_bytes: int
    """Of the page as sent and as unpacked, each."""
    timeout_seconds: float
    """For everything: resolving, connecting, redirects, the last byte."""
    loopback_permitted: bool = False
    """For tests and local development."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server sent it, unpacked."""

    url: str
    """Where it was found in the end."""
    content_type: str | None
    body: bytes


class _Deadline:
    """The moment by which everything must be done."""

    def __init__(self, url: str, seconds: float) -> None:
        self._url = url
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises FetchTimedOutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> FetchTimedOutError:
        return FetchTimedOutError(self._url, self._seconds)


def fetch(url: str, limits: FetchLimits, accept: str = "text/html") -> Fetched:
    """The page at an address, or what else is accepted. Raises a FetchError, or PageTooLargeError."""
    deadline = _Deadline(url, limits.timeout_seconds)
    current = url
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(current)
        answer, connection = _request(parts, limits, deadline, accept)
        try:
            if answer.status in _REDIRECTS and (location := answer.getheader("Location")):
                current = urljoin(current, location)
                continue
            if answer.status != http.client.OK:
                raise StatusNotOkError(current, answer.status)
            body = _body(current, answer, limits)
            return Fetched(current, answer.getheader("Content-Type"), body)
        except TimeoutError as error:
            raise deadline.passed() from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise ConnectionFailedError(current, _reason(error)) from error
        finally:
            answer.close()
            connection.close()
    raise TooManyRedirectsError(url, MAX_REDIRECTS)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UrlInvalidError(url, str(error)) from error
    if parts.scheme not in ("http", "https"):
        raise UrlInvalidError(url, f"{parts.scheme or 'nothing'} is not http or https")
    if parts.username is not None or parts.password is not None:
        raise UrlInvalidError(f"{parts.scheme}://{parts.hostname}", "it carries a user name or password")
    if not parts.hostname or port == 0:
        raise UrlInvalidError(url, "it names no host")
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in url):
        raise UrlInvalidError(repr(url), "it holds a control character")
    return parts


def _request(
    parts: SplitResult, limits: FetchLimits, deadline: _Deadline, accept: str
) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
    host = _ascii_host(parts)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _resolve(host, port, deadline)
    for address in addresses:
        if not is_reachable(address, loopback_permitted=limits.loopback_permitted):
            raise AddressRefusedError(host, address)
    connection = http.client.HTTPConnection(host, port)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    try:
        connection.sock = _connect(addresses, host, port, parts.scheme == "https", deadline)
        # Host without the default port, as browsers send it; IPv6 in brackets.
        name = f"[{host}]" if ":" in host else host
        given = name if parts.port in (None, 80 if parts.scheme == "http" else 443) else f"{name}:{port}"
        connection.request("GET", target, headers={"Host": given, "Accept": accept, **_HEADERS})
        return connection.getresponse(), connection
    except TimeoutError as error:
        connection.close()
        raise deadline.passed() from error
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise ConnectionFailedError(parts.geturl(), _reason(error)) from error
    except BaseException:
        connection.close()
        raise


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").split("%")[0]  # a zone id means nothing to anybody else
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise UrlInvalidError(parts.geturl(), "its host is no domain name") from error


def _resolve(host: str, port: int, deadline: _Deadline) -> list[str]:
    """Every address of a host, in the system's order, as text without zone."""
    found: list[tuple[Any, ...]] = []
    failures: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failures.append(error)

    # In a thread of its own because getaddrinfo knows no time limit; left behind if it does not come back.
    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if thread.is_alive():
        raise deadline.passed()
    if failures or not found:
        raise HostNotFoundError(host) from (failures[0] if failures else None)
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))


def _connect(addresses: list[str], host: str, port: int, is_secure: bool, deadline: _Deadline) -> Any:
    """A connection to the first address that answers, under the host's own name where it is encrypted."""
    failure: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, port), timeout=deadline.left())
        except OSError as error:
            failure = error
            continue
        try:
            plain.settimeout(deadline.left())
            secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
        except BaseException:
            plain.close()
            raise
        return _TimedSocket(secure, deadline)
    raise failure or ConnectionRefusedError(f"{host} has no address")


class _TimedSocket:
    """A socket whose every step ends by the deadline: a server that drips bytes cannot hold us longer."""

    def __init__(self, inner: socket.socket, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline
        self._is_handed_on = False

    def sendall(self, data: bytes) -> None:
        self._inner.settimeout(self._deadline.left())
        self._inner.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        self._is_handed_on = True
        return io.BufferedReader(_TimedReader(self._inner, self._deadline))

    def close(self) -> None:
        # http.client closes the socket once it has the answer's head; the reader it made goes on.
        if not self._is_handed_on:
            self._inner.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, inner: socket.socket, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._inner.settimeout(self._deadline.left())
        return self._inner.recv_into(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _body(url: str, answer: http.client.HTTPResponse, limits: FetchLimits) -> bytes:
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise ConnectionFailedError(url, f"it is packed as {packing}, which was not asked for")
    unpacker = None if packing == "identity" else zlib.decompressobj(16 + zlib.MAX_WBITS)
    body = bytearray()
    sent_bytes = 0
    while chunk := answer.read(_CHUNK_BYTES):
        sent_bytes += len(chunk)
        # One byte over the limit is enough to know: a bomb is not unpacked any further.
        body += unpacker.decompress(chunk, limits.max_bytes + 1 - len(body)) if unpacker else chunk
        if len(body) > limits.max_bytes or sent_bytes > limits.max_bytes:
            raise PageTooLargeError(url, limits.max_bytes)
    if answer.length:
        raise ConnectionFailedError(url, "the connection ended in the middle of the page")
    if unpacker and sent_bytes and not unpacker.eof:
        raise ConnectionFailedError(url, "its gzip data ends too early")
    return bytes(body)


def _reason(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, http.client.IncompleteRead):
        return "the connection ended in the middle of the page"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
