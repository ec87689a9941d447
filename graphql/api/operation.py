"""What surrounds each GraphQL operation: its snapshot, and the one shape of its errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types import StreamExecutionResult

from api.context import Caller, OperationContext
from api.database import Reads
from api.errors import INTERNAL, CallerError, TooComplex, Unavailable

log = structlog.get_logger("api.operation")


class OneSnapshot(SchemaExtension):
    """Gives each operation its own snapshot, and ends it with the operation."""

    async def on_operation(self) -> AsyncIterator[None]:
        caller: Caller = self.execution_context.context
        reads = Reads(caller.shared.engine)
        self.execution_context.context = OperationContext(caller, reads)
        try:
            yield
        finally:
            await reads.close()


class OneErrorShape(SchemaExtension):
    """Gives every error a stable code and the request id, and masks what nobody foresaw."""

    def __init__(self, **_: Any) -> None:
        self._is_streamed = False

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context.context
        self._request_id = (context.caller if isinstance(context, OperationContext) else context).request_id
        yield
        # A stream's results were shaped one by one, before each was sent.
        if not self._is_streamed:
            self._shape(self.execution_context.result)

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        self._is_streamed = True
        self._shape(result)
        yield None

    def _shape(self, result: Any) -> None:
        errors = getattr(result, "errors", None)
        if errors:
            result.errors = [shaped(error, self._request_id) for error in errors]


def shaped(error: GraphQLError, request_id: str) -> GraphQLError:
    """The error as the caller may see it."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    message, extensions = error.message, {"requestId": request_id}
    match cause:
        case CallerError():
            extensions["code"] = cause.code
            if cause.field:
                extensions["field"] = cause.field
        case Unavailable():
            extensions["code"] = cause.code
        case RecursionError():
            extensions["code"], message = TooComplex.code, "The query is nested too deeply."
        case GraphQLError():
            # graphql-core found it in the document or its variables.
            extensions["code"] = str((cause.extensions or {}).get("code", CallerError.code))
        case _:
            extensions["code"] = INTERNAL
            message = f"Something unexpected went wrong. It is logged under request id {request_id}."
            log.error("unexpected error", request_id=request_id, path=error.path, exc_info=cause)
    place = {"nodes": error.nodes, "source": error.source, "positions": error.positions, "path": error.path}
    return GraphQLError(message, **place, extensions=extensions)  # type: ignore[arg-type]  # each as the error had it
