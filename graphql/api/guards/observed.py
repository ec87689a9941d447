"""Counts and times every request by the operation that answered it."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.telemetry.figures import Figures

UNROUTED = "none"
"""Requests that no operation was found for: refused before, or of an unknown path."""


class Observed:
    """Everything within this layer is counted."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with self.figures.sockets.track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        is_whole = False
        begun_at = time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status, is_whole
            if message["type"] == "http.response.start":
                status = message["status"]
            is_whole = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            with self.figures.in_flight.track_inprogress():
                await self.app(scope, receive, watched)
        except Exception:
            # Whoever stands around us answers it.
            status, is_whole = 500, True
            raise
        finally:
            operation = operation_of(scope)
            self.figures.requests.labels(operation, _outcome(status, is_whole)).inc()
            self.figures.seconds.labels(operation).observe(time.perf_counter() - begun_at)


def operation_of(scope: Scope) -> str:
    """Method and path as the route writes them; never what the caller wrote."""
    route = scope.get("route")
    path = getattr(route, "path", None)
    if path is not None and "{path:path}" not in path:
        return f"{scope['method']} {path}"
    endpoint = getattr(scope.get("endpoint"), "__class__", None)
    return _DOORS.get(endpoint.__name__ if endpoint else "", UNROUTED)


_DOORS = {"GraphQLDoor": "POST /graphql", "Pages": "GET pages"}


def _outcome(status: int, is_whole: bool) -> str:
    if not is_whole:
        return "gone"
    return "ok" if status < 400 else "refused" if status < 500 else "failed"
