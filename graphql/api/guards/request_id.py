"""A request id on every request and answer, a log line for each, and a mask over whatever nobody foresaw."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import problem
from api.errors import INTERNAL

log = structlog.get_logger("api.request")

HEADER = b"x-request-id"
_ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def request_id_of(scope: Scope) -> str:
    """The id that RequestId gave to this request."""
    return str(scope["state"]["request_id"])


class RequestId:
    """Keeps a caller's well-formed X-Request-Id, else makes one; the outermost of our layers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        request_id = given.decode() if _ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        begun_at = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.accept"):
                status = message.get("status", 101)
                headers = [*message.get("headers", ()), (HEADER, request_id.encode())]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # the last place where it can be masked, logged and answered
            log.error("unexpected error", request_id=request_id, path=scope["path"], exc_info=error)
            if scope["type"] == "http" and not status:
                detail = f"It is logged under request id {request_id}."
                answer = problem(500, INTERNAL, "Something unexpected went wrong", detail, request_id)
                await answer(scope, receive, send_with_id)
        finally:
            milliseconds = round((time.perf_counter() - begun_at) * 1000, 1)
            method = scope.get("method", "WEBSOCKET")
            log.info(
                "request", request_id=request_id, method=method, path=scope["path"], status=status, ms=milliseconds
            )
