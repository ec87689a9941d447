"""Answers outside GraphQL's own: problem+json (RFC 9457) with the same stable codes and the request id."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response


def json_answer(content: Any, status: int = 200, media_type: str = "application/json") -> Response:
    """A JSON answer that no cache keeps."""
    return Response(orjson.dumps(content), status, {"cache-control": "no-store"}, media_type)


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    request_id: str,
    *,
    field: str | None = None,
    next_step: str | None = None,
) -> Response:
    """An error answer. The code is stable; the words are for people. `field`: what of the request was wrong."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code}
    if field:
        content["field"] = field
    if next_step:
        content["nextStep"] = next_step
    return json_answer(content | {"requestId": request_id}, status, "application/problem+json")
