"""Counts the root fields of GraphQL operations, and the errors that were told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode
from graphql.language import FragmentSpreadNode, InlineFragmentNode
from strawberry.extensions import SchemaExtension

from api.context import Caller, OperationContext

OK = "ok"
_DEEPEST = 8


class CountedFields(SchemaExtension):
    """The outermost extension: it sees errors in the shape in which callers do."""

    async def on_operation(self) -> AsyncIterator[None]:
        yield
        execution = self.execution_context
        context = execution.context
        caller: Caller = context.caller if isinstance(context, OperationContext) else context
        figures = caller.shared.figures
        codes: dict[str, str] = {}
        whole = OK
        for error in getattr(execution.result, "errors", None) or ():
            code = str((error.extensions or {}).get("code", "INTERNAL"))
            figures.errors.labels(code).inc()
            if error.path:
                codes[str(error.path[0])] = code
            if not error.path or getattr(execution.result, "data", None) is None:
                whole = code
        known = _known(execution.schema)
        for name, key in root_fields(execution.graphql_document, execution.operation_name):
            if name in known:
                figures.fields.labels(name, codes.get(key, whole)).inc()


def _known(schema: object) -> frozenset[str]:
    """Names of all root fields of the schema."""
    core = schema._schema  # type: ignore[attr-defined]  # strawberry has no other way to its roots
    roots = (core.query_type, core.mutation_type, core.subscription_type)
    return frozenset(name for root in roots if root is not None for name in root.fields)


def root_fields(document: DocumentNode | None, operation_name: str | None) -> Iterator[tuple[str, str]]:
    """Name and answer's key of each root field that an operation asks for; fragments are followed."""
    if document is None:
        return
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    chosen = [
        each for each in operations if operation_name is None or (each.name and each.name.value == operation_name)
    ]
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    for operation in chosen[:1]:
        yield from _fields(operation.selection_set, fragments, 0)


def _fields(
    selected: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], depth: int
) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    for each in selected.selections:
        if isinstance(each, FieldNode):
            yield each.name.value, each.alias.value if each.alias else each.name.value
        elif isinstance(each, InlineFragmentNode):
            yield from _fields(each.selection_set, fragments, depth + 1)
        elif isinstance(each, FragmentSpreadNode) and each.name.value in fragments:
            yield from _fields(fragments[each.name.value].selection_set, fragments, depth + 1)
