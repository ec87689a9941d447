"""The /graphql door: operations by POST, subscriptions by graphql-transport-ws, GraphiQL for a browser's GET.

Queries by GET and batches are refused: the first would let a foreign page ask, the second slip past the limits.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from api.answers import json_answer
from api.context import Caller, Shared
from api.errors import BadInput
from api.guards.request_id import request_id_of
from api.schema import schema

_IDE_MISSING = "GraphiQL is not built. Run `npm run build -w dashboards`, or send operations by POST."


class GraphQLDoor(GraphQL[Caller, None]):
    """The GraphQL door of one process. `shared` is set once the process has opened what it holds."""

    def __init__(self, dashboards: Path) -> None:
        super().__init__(
            schema,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=20,
        )
        self.shared: Shared | None = None
        self._ide = dashboards / "graphiql.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        try:
            response = await self.run(Request(scope, receive))
        except HTTPException as refused:
            error = {
                "message": refused.reason,
                "extensions": {"code": BadInput.code, "requestId": request_id_of(scope)},
            }
            response = json_answer({"errors": [error]}, refused.status_code)
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Caller:
        assert self.shared is not None  # the process answers only after it has opened what it holds
        return Caller(self.shared, request_id_of(request.scope))

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData | list[GraphQLRequestData]:
        if request.method == "POST" and not isinstance(self.parse_json(await request.get_body()), dict):
            raise HTTPException(400, "The body must be one JSON object with 'query'; batches are not taken.")
        return await super().parse_http_body(request)

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        response: Response = await super().get_sub_response(request)
        response.headers["cache-control"] = "no-store"
        return response

    async def render_graphql_ide(self, request: Request) -> Response:
        if not self._ide.is_file():
            raise HTTPException(503, _IDE_MISSING)
        return FileResponse(self._ide, headers={"cache-control": "no-cache"})

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: Any) -> str:
        # Text, not bytes: bytes would go out as binary frames, which graphql-transport-ws does not know.
        return orjson.dumps(data).decode()
