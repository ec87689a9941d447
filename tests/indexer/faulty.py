"""A node in front of the real one that fails in every way that nodes behind a load balancer do, by a seed."""

import http.client
import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

FAULTS = (
    "status 500",
    "status 429",
    "html",
    "hang up",
    "half closed",
    "no answer",
    "half an answer",
    "rpc error",
    "null blocks",
    "logs twice",
    "logs cut short",
    "another fork",
)
_HANG_SECONDS = 0.5


@dataclass
class Faults:
    """How often a request meets a fault, and which have been met: those of `first` before any other."""

    source: random.Random
    share: float
    first: list[str] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    """Requests that came so far."""

    def next(self) -> str | None:
        if self.source.random() >= self.share:
            return None
        return self.first.pop(0) if self.first else self.source.choice(FAULTS)


@contextmanager
def faulty(url: str, faults: Faults) -> Iterator[str]:
    """Its URL. A fault "another fork" answers as the chain was when the same was asked before: stale, or of a branch
    that a reorg has cut off since."""
    target = urlsplit(url)
    remembered: dict[bytes, bytes] = {}
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        node: http.client.HTTPConnection | None = None

        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                fault = faults.next()
                faults.asked += 1
            if self.node is None:
                self.node = http.client.HTTPConnection(str(target.hostname), target.port, timeout=30)
            self.node.request("POST", "/", request, {"Content-Type": "application/json"})
            answer = self.node.getresponse().read()
            with lock:
                stale = remembered.get(request)
                remembered[request] = answer
                if fault:
                    faults.met[fault] = faults.met.get(fault, 0) + 1
            self._send(fault, request, answer, stale)

        def finish(self) -> None:
            if self.node is not None:
                self.node.close()
            super().finish()

        def _send(self, fault: str | None, request: bytes, answer: bytes, stale: bytes | None) -> None:
            match fault:
                case "status 500" | "status 429":
                    return self._reply(int(fault.split()[1]), b"")
                case "html":
                    return self._reply(200, b"<html><body>maintenance</body></html>")
                case "hang up":
                    self.close_connection = True
                    return None
                case "half closed":
                    self.connection.shutdown(socket.SHUT_WR)  # it listens still, and will never say a word
                    time.sleep(_HANG_SECONDS)
                    self.close_connection = True
                    return None
                case "no answer":
                    time.sleep(_HANG_SECONDS)
                    self.close_connection = True
                    return None
                case "half an answer":
                    self._reply(200, answer, answer[: len(answer) // 2])
                    self.close_connection = True
                    return None
                case "another fork" if stale is not None:
                    return self._reply(200, stale)
                case "rpc error" | "null blocks" | "logs twice" | "logs cut short":
                    return self._reply(200, _changed(fault, request, answer))
            return self._reply(200, answer)

        def _reply(self, status: int, content: bytes, part: bytes | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if status == http.client.TOO_MANY_REQUESTS:
                self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(content if part is None else part)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 32

        def handle_error(self, *_: object) -> None:
            """A mirror that was killed hangs up: that is what is being tried."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _changed(fault: str, request: bytes, answer: bytes) -> bytes:
    asked, said = json.loads(request), json.loads(answer)
    pairs = zip(asked, said, strict=False) if isinstance(asked, list) else [(asked, said)]
    for call, reply in pairs:
        _change(fault, call, reply)
    return json.dumps(said).encode()


def _change(fault: str, call: dict[str, Any], reply: dict[str, Any]) -> None:
    result = reply.get("result")
    if fault == "rpc error":
        reply.pop("result", None)
        reply["error"] = {"code": -32000, "message": "header not found"}
    elif fault == "null blocks" and call["method"] == "eth_getBlockByNumber":
        reply["result"] = None
    elif fault == "logs twice" and isinstance(result, list):
        reply["result"] = result + result
    elif fault == "logs cut short" and isinstance(result, list) and result and "blockHash" not in call["params"][0]:
        # An index of logs that lags: the last blocks' are not there yet, though the blocks are.
        reply["result"] = [log for log in result if log["blockNumber"] != result[-1]["blockNumber"]]
