"""Who calls a route, and whether they may: a bearer key or a session's cookie, held against the route's policy.

A cookie acts only from our own pages: SameSite=Strict keeps it from others, and a write must say by Origin or
Sec-Fetch-Site that it comes from one of ours.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from api.access import Access
from api.policies import REST
from services.auth.errors import ForeignOrigin, SessionUnknown
from services.auth.identity import ANONYMOUS, Identity, identify_key, identify_session
from services.auth.policy import Policy, permit
from services.auth.sessions import NewSession

COOKIE = "lightdom_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def access_of(request: Request) -> Access:
    """What lets callers in, of the process that serves this request."""
    access: Access = request.app.state.shared.access
    return access


def policy_of(request: Request) -> Policy:
    """The policy of the route that was found."""
    route: APIRoute = request.scope["route"]
    return REST[request.method if request.method != "HEAD" else "GET", route.path]


async def permitted(request: Request, response: Response) -> Identity:
    """The caller of a route, who may call it. Raises AccessRefused in its kinds."""
    policy = policy_of(request)
    identity = await _identify(request, response, policy)
    permit(policy, identity)
    return identity


async def _identify(request: Request, response: Response, policy: Policy) -> Identity:
    access = access_of(request)
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return await identify_key(access.engine, access.ring, text.strip(), access.now())
    token = request.cookies.get(COOKIE)
    if token is None:
        return ANONYMOUS
    if policy.is_open:
        # Whoever it is may: a session that ended must not keep anybody from what is everybody's.
        return ANONYMOUS
    if request.method not in _SAFE and not _is_own_page(request, access):
        raise ForeignOrigin()
    try:
        identity, renewed = await identify_session(access.engine, token, access.now())
    except SessionUnknown:
        clear_session(response)
        raise
    if renewed is not None:
        keep_session(response, renewed, access)
    return identity


def _is_own_page(request: Request, access: Access) -> bool:
    origin = request.headers.get("origin")
    if origin is not None:
        return origin in access.origins
    return request.headers.get("sec-fetch-site") == "same-origin"


def keep_session(response: Response, made: NewSession, access: Access) -> None:
    """Gives the browser a session's token: for our pages only, and no script reads it."""
    response.set_cookie(
        COOKIE,
        made.token,
        expires=made.session.expires_at,
        path="/",
        secure=access.is_secure,
        httponly=True,
        samesite="strict",
    )


def clear_session(response: Response) -> None:
    """Has the browser forget its token."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


Permitted = Annotated[Identity, Depends(permitted)]
"""A parameter of a route: the caller."""

Parts = Annotated[Access, Depends(access_of)]
"""A parameter of a route: what lets callers in."""
