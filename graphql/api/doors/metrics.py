"""/metrics: what this process counted and how the house does, as Prometheus text; not for the public.

With LIGHTDOM_METRICS_TOKEN_FILE only for who knows the token; without it, for this machine alone.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from api.answers import problem
from api.guards.request_id import request_id_of
from api.telemetry.business import Business
from api.telemetry.figures import Figures

# A proxy on this machine passes on requests of others.
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class MetricsDoor:
    """The metrics of one process. `token` None: for callers on this machine."""

    figures: Figures
    business: Business
    token: str | None

    async def answer(self, request: Request) -> Response:
        """200 with the text, 401 without the token, 403 from elsewhere."""
        if self.token is not None:
            given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
            if not hmac.compare_digest(given, self.token.encode()):
                return _refused(request, 401, "NOT_SIGNED_IN", "Pass the metrics token as a bearer token.")
        elif not _is_from_here(request):
            return _refused(request, 403, "NOT_PERMITTED", "Set LIGHTDOM_METRICS_TOKEN_FILE to read it from elsewhere.")
        await self.business.refresh()
        text = generate_latest(self.figures.registry)
        return Response(text, headers={"cache-control": "no-store"}, media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _is_from_here(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _refused(request: Request, status: int, code: str, next_step: str) -> Response:
    return problem(
        status,
        code,
        "This is not permitted",
        "metrics are for the operator",
        request_id_of(request.scope),
        next_step=next_step,
    )
