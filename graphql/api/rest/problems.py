"""Every error of the REST door as problem+json (RFC 9457): the same codes as GraphQL's, and a status for each."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.answers import problem
from api.errors import BadInput, CallerError, NotFound, Unavailable
from api.guards.request_id import request_id_of
from services.errors import ServiceError

_STATUS = {
    "ACCESS_REFUSED": 403,
    "BAD_CURSOR": 400,
    "BAD_INPUT": 422,
    "BLOB_STORE_UNREACHABLE": 503,
    "BODY_TOO_LARGE": 413,
    "CHAIN_UNREACHABLE": 503,
    "FOREIGN_ORIGIN": 403,
    "KEY_LIMIT": 409,
    "KEY_UNKNOWN": 401,
    "METHOD_NOT_ALLOWED": 405,
    "NONCE_UNKNOWN": 401,
    "NOT_FOUND": 404,
    "NOT_PERMITTED": 403,
    "NOT_SIGNED_IN": 401,
    "SESSION_UNKNOWN": 401,
    "SIGN_IN_REFUSED": 401,
    "TOO_COMPLEX": 400,
    "UNAVAILABLE": 503,
}
_TITLES = {
    400: "The request cannot be answered as it stands",
    401: "Nobody is let in by this",
    403: "This is not permitted",
    404: "There is no such thing",
    405: "There is no such method here",
    409: "The request is at odds with what is there",
    413: "The request is too large",
    422: "A value cannot be meant",
    429: "Too many requests",
    503: "A part that this stands on does not answer",
}


def answer_problems(app: FastAPI) -> None:
    """Makes the application answer our errors, and those of its framework, in one shape."""
    app.add_exception_handler(CallerError, _caller_error)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework_error)


async def _caller_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CallerError)
    return _answer(request, error.code, str(error), field=error.field)


async def _unavailable(request: Request, error: Exception) -> Response:
    assert isinstance(error, Unavailable)
    return _answer(request, error.code, str(error))


async def _service_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    if error.code not in _STATUS:
        # Not written for callers: it may name a path or an address of ours.
        raise error
    # Where our chain or blob store is, is nobody's business.
    is_inner = error.code in ("CHAIN_UNREACHABLE", "BLOB_STORE_UNREACHABLE")
    detail = "a part that this stands on does not answer" if is_inner else str(error)
    return _answer(
        request,
        "UNAVAILABLE" if is_inner else error.code,
        detail,
        field=getattr(error, "field", None),
        next_step="Try again; /ready says more." if is_inner else error.next_step,
    )


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    # The first part says where it stood: body, query, path.
    field = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    return _answer(request, BadInput.code, f"{field}: {first['msg']}", field=field)


async def _framework_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: NotFound.code, 405: "METHOD_NOT_ALLOWED", 413: "BODY_TOO_LARGE"}.get(error.status_code, BadInput.code)
    request.app.state.shared.figures.errors.labels(code).inc()
    answer = problem(
        error.status_code,
        code,
        _TITLES.get(error.status_code, "The request cannot be answered"),
        str(error.detail),
        request_id_of(request.scope),
    )
    answer.headers.update(error.headers or {})
    return answer


def _answer(
    request: Request, code: str, detail: str, *, field: str | None = None, next_step: str | None = None
) -> Response:
    status = _STATUS[code]
    request.app.state.shared.figures.errors.labels(code).inc()
    answer = problem(
        status, code, _TITLES[status], detail, request_id_of(request.scope), field=field, next_step=next_step
    )
    if status == 401:
        answer.headers["www-authenticate"] = 'Bearer realm="lightdom"'
    return answer
