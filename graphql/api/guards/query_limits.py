"""How much one GraphQL operation may ask for, judged before it runs and in time linear in its text.

Depth, aliases and root fields bound the shape; the cost bounds the work: about how many objects the answer may hold,
a connection counting its page size times what hangs on each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

from api.errors import TooComplex
from api.pages import DEFAULT_PAGE, LARGEST_PAGE

MOST_DEPTH = 14
MOST_ALIASES = 30
MOST_ROOT_FIELDS = 20
MOST_COST = 12_000
MOST_TOKENS = 2_000


@dataclass(frozen=True, slots=True)
class Weight:
    """What a selection asks for."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0


@dataclass(slots=True)
class _Scales:
    """Weighs selections; each fragment once, however often it is spread."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    weighed: dict[str, Weight] = field(default_factory=dict)

    def weigh(self, selections: SelectionSetNode | None) -> Weight:
        depth = aliases = cost = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                weight = self._weigh_field(node)
            elif isinstance(node, FragmentSpreadNode):
                weight = self._weigh_fragment(node.name.value)
            else:
                weight = self.weigh(getattr(node, "selection_set", None))
            depth = max(depth, weight.depth)
            aliases += weight.aliases
            cost += weight.cost
        return Weight(depth, aliases, cost)

    def _weigh_field(self, node: FieldNode) -> Weight:
        is_alias = int(node.alias is not None)
        if node.name.value.startswith("__"):
            # Introspection is bounded by graphql-core's own rule, and reads nothing.
            return Weight(1, is_alias, 0)
        inner = self.weigh(node.selection_set)
        rows = self._page_size(node)
        cost = rows * (1 + inner.cost) if rows else int(node.selection_set is not None) + inner.cost
        return Weight(inner.depth + 1, inner.aliases + is_alias, cost)

    def _weigh_fragment(self, name: str) -> Weight:
        if name not in self.weighed:
            # Set first: a fragment that spreads itself is refused by validation, and must not hang before it.
            self.weighed[name] = Weight()
            if name in self.fragments:
                self.weighed[name] = self.weigh(self.fragments[name].selection_set)
        return self.weighed[name]

    def _page_size(self, node: FieldNode) -> int:
        """Rows of a connection's page; 0 for a field that is no connection."""
        inner = node.selection_set.selections if node.selection_set else ()
        names = {child.name.value for child in inner if isinstance(child, FieldNode)}
        sizes = {argument.name.value: argument.value for argument in node.arguments or ()}
        if not names & {"edges", "nodes"} and not sizes.keys() & {"first", "last"}:
            return 0
        value = sizes.get("last") or sizes.get("first")
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value)
            # An absent variable may have a default in the document: count the largest page that is allowed.
            size = given if isinstance(given, int) else LARGEST_PAGE
        else:
            size = int(value.value) if isinstance(value, IntValueNode) else DEFAULT_PAGE
        return min(max(size, 1), LARGEST_PAGE)


def weight(document: DocumentNode, variables: Mapping[str, Any]) -> Weight:
    """The weight of the document's heaviest operation."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    scales = _Scales(fragments, variables)
    weights = [scales.weigh(node.selection_set) for node in _operations(document)] or [Weight()]
    return Weight(
        depth=max(weight.depth for weight in weights),
        aliases=sum(weight.aliases for weight in weights),
        cost=max(weight.cost for weight in weights),
    )


class QueryLimits(SchemaExtension):
    """Refuses an operation that asks for too much, before it is validated or run."""

    def on_validate(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None:
            reason = _excess(document, self.execution_context.variables or {})
            if reason:
                error = GraphQLError(reason, extensions={"code": TooComplex.code})
                self.execution_context.pre_execution_errors = [error]
        yield


def _excess(document: DocumentNode, variables: Mapping[str, Any]) -> str | None:
    asked = weight(document, variables)
    roots = max((len(node.selection_set.selections) for node in _operations(document)), default=0)
    for name, value, most in (
        ("is nested", asked.depth, MOST_DEPTH),
        ("has a number of aliases of", asked.aliases, MOST_ALIASES),
        ("has a number of root fields of", roots, MOST_ROOT_FIELDS),
        ("may answer a number of objects of", asked.cost, MOST_COST),
    ):
        if value > most:
            return f"The query {name} {value}; at most {most} is allowed. Ask for less, or in parts."
    return None


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
