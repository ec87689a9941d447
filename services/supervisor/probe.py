"""Short questions to services over HTTP, asked without any library of theirs. Only for readiness and cheap checks."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit


class NoAnswer(Exception):
    """The service did not answer as it must; the text says how."""


def http(url: str, method: str = "GET", body: bytes | None = None, seconds: float = 5.0) -> bytes:
    """The body of a 200 answer; raises NoAnswer for anything else."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, HTTPException) as error:
        raise NoAnswer(str(error) or type(error).__name__) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise NoAnswer(f"HTTP {answer.status} {content[:300].decode(errors='replace').strip()}")
    return content


def rpc(url: str, method: str, *parameters: object, seconds: float = 5.0) -> Any:
    """The result of a JSON-RPC call; raises NoAnswer."""
    question = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode()
    try:
        answer = json.loads(http(url, "POST", question, seconds))
        return answer["result"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswer(f"{method}: not a JSON-RPC result") from error
