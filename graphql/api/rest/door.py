"""The REST door: its routes, each with a policy, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from api.policies import REST
from api.rest import audit, keys, optimizations, sign_in
from api.rest.callers import permitted, policy_of
from api.rest.problems import answer_problems
from api.rest.shapes import Problem

PREFIX = "/api/v1"
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]


class PolicyMissing(Exception):
    """A programmer's mistake: an operation that nobody has said who may call."""


class _Route(APIRoute):
    """Adds to an answer whether it may be kept: what is everybody's with an ETag, anything else not at all."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            response = await handle(request)
            if request.method not in ("GET", "HEAD") or not policy_of(request).is_open:
                response.headers["cache-control"] = "no-store"
                return response
            tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
            # Asked for again each time: a new block may change anything.
            headers = {"etag": tag, "cache-control": "public, no-cache"}
            if _is_known(request.headers.get("if-none-match", ""), tag):
                return Response(status_code=304, headers=headers)
            response.headers.update(headers)
            return response

        return answer


def _is_known(asked: str, tag: str) -> bool:
    return asked.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}


def open_rest(app: FastAPI) -> None:
    """Adds the REST routes to the application. Raises PolicyMissing for one that api/policies.py does not name."""
    problems: dict[int | str, dict[str, Any]] = {
        "default": {
            "model": Problem,
            "description": "What went wrong.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    }
    router = APIRouter(prefix=PREFIX, route_class=_Route, dependencies=[Depends(permitted)], responses=problems)
    for group in (sign_in.router, keys.router, audit.router, optimizations.router):
        for route in group.routes:
            assert isinstance(route, APIRoute)
            router.add_api_route(
                route.path,
                route.endpoint,
                methods=sorted(_methods(route)),
                status_code=route.status_code,
                summary=route.summary,
                tags=route.tags,
                operation_id=route.name,
                response_model=route.response_model,
            )
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    have = {(method, route.path) for route in routes for method in _methods(route)}
    if have != REST.keys():
        raise PolicyMissing(f"operations and policies differ: {sorted(have ^ REST.keys())}")
    app.include_router(router)

    async def nothing_here(request: Request) -> Response:
        raise _refusal(request, routes)

    app.add_api_route(PREFIX + "/{path:path}", nothing_here, methods=_METHODS, include_in_schema=False)
    answer_problems(app)


def _methods(route: APIRoute) -> set[str]:
    return set(route.methods or ())


def _refusal(request: Request, routes: list[APIRoute]) -> HTTPException:
    """405 where another method is served under this path, else 404."""
    allowed: set[str] = set()
    for route in routes:
        matched, _ = route.matches({**request.scope, "method": next(iter(_methods(route)))})
        if matched is Match.FULL:
            allowed |= _methods(route)
    if allowed:
        return HTTPException(405, f"{request.method} is not for this path.", {"allow": ", ".join(sorted(allowed))})
    return HTTPException(404, "No operation has this path; /api/v1/openapi.json lists all of them.")
