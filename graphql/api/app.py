"""The application of one API process: its doors, and the guards before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from api.access import open_access
from api.block_feed import BlockFeed
from api.context import Shared
from api.database import open_engine
from api.doors.graphql import GraphQLDoor
from api.doors.health import health, ready
from api.doors.metrics import MetricsDoor
from api.doors.pages import Pages
from api.guards.body_size import BodySize
from api.guards.browser_headers import BrowserHeaders
from api.guards.observed import Observed
from api.guards.request_id import RequestId
from api.rest.door import PREFIX, open_rest
from api.settings import Settings
from api.telemetry.business import Business


def create_app(settings: Settings) -> FastAPI:
    """The application. It connects to nothing before its first request needs it, so it starts in any order."""
    graphql_door = GraphQLDoor(settings.dashboards)
    shared = Shared(open_engine(settings), BlockFeed(settings.database_url), open_access(settings))
    graphql_door.shared = shared

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with shared.feed.running():
            yield
        await shared.engine.dispose()
        await shared.access.close()

    # FastAPI's own documentation pages load scripts from a CDN, which our pages may not.
    app = FastAPI(
        title="LightDom", docs_url=None, redoc_url=None, openapi_url=PREFIX + "/openapi.json", lifespan=lifespan
    )
    app.state.shared = shared

    @app.get("/health")
    async def answer_health() -> Response:
        return health()

    @app.get("/ready")
    async def answer_ready(_: Request) -> Response:
        return await ready(shared, settings)

    business = Business(shared.engine, shared.access.engine)
    shared.figures.registry.register(business)
    metrics = MetricsDoor(shared.figures, business, settings.metrics_token)

    @app.get("/metrics", include_in_schema=False)
    async def answer_metrics(request: Request) -> Response:
        return await metrics.answer(request)

    open_rest(app)
    app.router.routes += [Route("/graphql", graphql_door), WebSocketRoute("/graphql", graphql_door)]
    app.mount("/", Pages(settings.dashboards), name="pages")

    # The last one added is the outermost.
    app.add_middleware(BodySize, limit_bytes=settings.body_limit_bytes)
    # A page that points its own name at this machine must not get to speak to us (DNS rebinding).
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts), www_redirect=False)
    app.add_middleware(BrowserHeaders)
    app.add_middleware(Observed, figures=shared.figures)
    app.add_middleware(RequestId)
    return app
