"""The executable schema: types, scalars, limits, and what surrounds each operation."""

from __future__ import annotations

from graphql import GraphQLError
from strawberry import Schema
from strawberry.extensions import MaxTokensLimiter
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from api.guards.query_limits import MOST_TOKENS, QueryLimits
from api.operation import OneErrorShape, OneSnapshot
from api.query import Query
from api.scalars import SCALARS
from api.subscription import Subscription
from api.telemetry.operations import CountedFields


class _Schema(Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing: OneErrorShape logs the unexpected; a caller's mistake is not worth a stack trace."""


schema = _Schema(
    query=Query,
    subscription=Subscription,
    extensions=[
        CountedFields,
        OneErrorShape,
        OneSnapshot,
        lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
        QueryLimits,
    ],
    config=StrawberryConfig(scalar_map=SCALARS),
)
