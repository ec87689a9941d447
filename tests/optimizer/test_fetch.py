"""Fetching a page: refusals first, then what it brings home. The server is real, the resolver too."""

from __future__ import annotations

import gzip
import socket
import time
from typing import Any

import pytest

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
from optimizer.fetch import FetchLimits, fetch

LOCAL = FetchLimits(max_bytes=100_000, timeout_seconds=5, loopback_permitted=True)
STRICT = FetchLimits(max_bytes=100_000, timeout_seconds=5)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://[::1]/",
    ],
)
def test_loopback_is_refused_without_the_setting(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        fetch(url, STRICT)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "http://[fd00::1]/",
        "http://0.0.0.0/",
        "https://192.168.0.1/",
    ],
)
def test_a_private_address_is_refused_even_where_loopback_is_permitted(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        fetch(url, LOCAL)


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "//169.254.169.254/x", "http://[::ffff:10.0.0.1]/"])
def test_a_redirect_to_a_private_address_is_refused(server: Any, target: str) -> None:
    server.answers["/"] = server.answer(status="302 Found", Location=target)

    with pytest.raises(AddressRefusedError):
        fetch(server.url(), LOCAL)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "gopher://127.0.0.1/"]
)
def test_a_redirect_to_another_scheme_is_refused(server: Any, target: str) -> None:
    server.answers["/"] = server.answer(status="302 Found", Location=target)

    with pytest.raises(UrlInvalidError):
        fetch(server.url(), LOCAL)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "http://",
        "http:///x",
        "http://a:b@example.org/",
        "http://[::1",
        "http://x:99999/",
        "http://x/\r\nA: b",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UrlInvalidError):
        fetch(url, LOCAL)


def test_credentials_are_not_repeated_in_the_error() -> None:
    with pytest.raises(UrlInvalidError) as caught:
        fetch("http://user:secret@example.org/", STRICT)

    assert "secret" not in str(caught.value)


def test_a_name_without_address_is_said_so() -> None:
    with pytest.raises(HostNotFoundError):
        fetch("http://no-such-host.invalid/", STRICT)


def test_endless_redirects_end(server: Any) -> None:
    server.answers["/"] = server.answer(status="302 Found", Location="/")

    with pytest.raises(TooManyRedirectsError):
        fetch(server.url(), LOCAL)
    assert len(server.requests) == 6


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "304 Not Modified"])
def test_another_status_than_200_is_an_error(server: Any, status: str) -> None:
    server.answers["/"] = server.answer(status=status)

    with pytest.raises(StatusNotOkError) as caught:
        fetch(server.url(), LOCAL)
    assert caught.value.status == int(status[:3])


def test_a_page_over_the_limit_is_refused(server: Any) -> None:
    server.answers["/"] = server.answer(b"x" * 100_001)

    with pytest.raises(PageTooLargeError):
        fetch(server.url(), LOCAL)


def test_a_page_that_unpacks_over_the_limit_is_refused(server: Any) -> None:
    server.answers["/"] = server.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    with pytest.raises(PageTooLargeError):
        fetch(server.url(), LOCAL)


@pytest.mark.parametrize("body", [gzip.compress(b"<p>" * 999, mtime=0)[:-20], b"no gzip at all"])
def test_broken_packing_is_an_error(server: Any, body: bytes) -> None:
    server.answers["/"] = server.answer(body, Content_Encoding="gzip")

    with pytest.raises(ConnectionFailedError):
        fetch(server.url(), LOCAL)


def test_a_page_cut_short_is_an_error(server: Any) -> None:
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half"

    with pytest.raises(ConnectionFailedError):
        fetch(server.url(), LOCAL)


def test_something_else_than_http_is_an_error(server: Any) -> None:
    server.answers["/"] = b"220 mail.example ESMTP\r\n"

    with pytest.raises(ConnectionFailedError):
        fetch(server.url(), LOCAL)


def test_a_closed_port_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(ConnectionFailedError):
        fetch(f"http://127.0.0.1:{port}/", LOCAL)


def test_a_server_without_tls_is_an_error(server: Any) -> None:
    with pytest.raises(ConnectionFailedError):
        fetch(server.url().replace("http", "https"), LOCAL)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_a_server_that_drips_cannot_hold_us(server: Any, head: bytes) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            time.sleep(0.1)
            connection.sendall(b"x")

    server.answers["/"] = drip
    began = time.monotonic()

    with pytest.raises(FetchTimedOutError):
        fetch(server.url(), FetchLimits(100_000, 1, loopback_permitted=True))
    assert time.monotonic() - began < 3


def test_a_page_comes_with_its_type_and_final_address(server: Any) -> None:
    server.answers["/"] = server.answer(status="301 Moved", Location="/a/b?c=d e")
    server.answers["/a/b?c=d%20e"] = server.answer(b"<p>here", Content_Type="text/html; charset=koi8-r")

    fetched = fetch(server.url(), LOCAL)

    assert (fetched.body, fetched.content_type) == (b"<p>here", "text/html; charset=koi8-r")
    assert fetched.url == server.url("/a/b?c=d e")


def test_packed_and_chunked_pages_are_unpacked(server: Any) -> None:
    packed = gzip.compress(b"<p>packed")
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in (packed[:7], packed[7:])) + b"0\r\n\r\n"
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" + chunks

    assert fetch(server.url(), LOCAL).body == b"<p>packed"


def test_the_request_names_the_host_and_carries_nothing_else(server: Any) -> None:
    server.answers["/"] = server.answer(b"<p>")

    fetch(f"http://localhost:{server.port}/", LOCAL)

    lines = server.requests[0].decode().split("\r\n")
    assert f"Host: localhost:{server.port}" in lines
    assert not any(line.lower().startswith(("cookie", "authorization", "referer")) for line in lines)


def test_a_proxy_in_the_environment_is_not_used(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers["/"] = server.answer(b"<p>direct")

    assert fetch(server.url(), LOCAL).body == b"<p>direct"
