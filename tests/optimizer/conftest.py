"""Fixtures of the optimizer's tests: a real HTTP server on loopback, the example pages, the corpus."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples" / "pages").glob("*.html"))
CORPUS = sorted((ROOT.parent / "shared" / "pages" / "public").glob("*.html"))


@dataclass
class Server:
    """Where it listens, what it answers by path, and what it was asked."""

    port: int
    answers: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)

    @staticmethod
    def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
        """An HTTP/1.1 answer; header names with _ for -."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def handle(connection: socket.socket) -> None:
        # A client that leaves early, as it should after an error, is no error here.
        with connection, suppress(OSError):
            request = connection.recv(65_536)
            if not request.startswith(b"GET "):
                return
            server.requests.append(request)
            told = server.answers.get(request.split(b" ")[1].decode(), server.answer(b"gone", "404 Not Found"))
            if callable(told):
                told(connection)
            else:
                connection.sendall(told)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=handle, args=(connection,), daemon=True))
            threads[-1].start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join(5)
        for thread in threads:
            thread.join(5)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with no page yet."""
    with serving() as started:
        yield started


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`example` runs over our pages, `corpus_page` over the saved ones where they are."""
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
    if "corpus_page" in metafunc.fixturenames:
        absent = pytest.param(None, marks=pytest.mark.skip(reason="../shared/pages/public is not there"))
        metafunc.parametrize("corpus_page", CORPUS or [absent], ids=lambda path: path.stem if path else "absent")
