"""Servers on this machine that say whatever a test wants: a web server, and a name server for TXT records."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@dataclass
class Host:
    """A web server that serves one page at every path, or what `files` has; a number there is a status."""

    port: int
    body: bytes = b""
    files: dict[str, bytes | int | str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/page"

    @property
    def origin(self) -> str:
        return f"http://{{host}}:{self.port}"


@contextmanager
def serving() -> Iterator[Host]:
    """Text in `files` is where a redirect leads."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = served.files.get(self.path, served.body)
            self.send_response(found if isinstance(found, int) else 302 if isinstance(found, str) else 200)
            body = found if isinstance(found, bytes) else b""
            if isinstance(found, str):
                self.send_header("Location", found)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        served = Host(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()


@contextmanager
def naming(texts: dict[str, str]) -> Iterator[dns.resolver.Resolver]:
    """A resolver whose only server has these TXT records, and says that there is nothing else."""
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            data, sender = wire.recvfrom(4096)
            if not data:
                return
            asked = dns.message.from_wire(data)
            answered = dns.message.make_response(asked)
            answered.flags |= dns.flags.RA
            name = asked.question[0].name
            text = texts.get(name.to_text(omit_final_dot=True))
            if text is None:
                answered.set_rcode(dns.rcode.NXDOMAIN)
            else:
                answered.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
            wire.sendto(answered.to_wire(), sender)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], wire.getsockname()[1]
    try:
        yield resolver
    finally:
        wire.sendto(b"", wire.getsockname())
        thread.join()
        wire.close()
