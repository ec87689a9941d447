"""The largest request body that is read; more is refused before it is parsed, whatever its length header says."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import problem
from api.errors import BodyTooLarge
from api.guards.request_id import request_id_of


class BodySize:
    """Stops reading a body at the limit and answers 413."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self.app = app
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        read_bytes = 0

        async def receive_bounded() -> Message:
            nonlocal read_bytes
            message = await receive()
            read_bytes += len(message.get("body", b""))
            if read_bytes > self.limit_bytes:
                raise BodyTooLarge(self.limit_bytes)
            return message

        try:
            if announced.isdigit() and int(announced) > self.limit_bytes:
                raise BodyTooLarge(self.limit_bytes)
            await self.app(scope, receive_bounded, send)
        except BodyTooLarge as error:
            answer = problem(413, error.code, "The request is too large", str(error), request_id_of(scope))
            await answer(scope, receive, send)
