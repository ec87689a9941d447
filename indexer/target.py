"""What a mirror writes: its tables, and the compiled plan that turns logs into their rows.

Invariant: a log that the plan has no row for goes to `judge`, which always has one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core_ext.log_plan import COLUMNS, LEAVES, ColumnSpec, EventSpec, LeafSpec, LogPlan
from indexer.cells import Row
from indexer.log import Log

_WORD = re.compile(r"(u?int|bytes)(\d+)$")


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table that logs become rows of; `columns` as COPY names them."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask for and where it goes. `topics`: first topics to ask for, empty for all."""

    addresses: tuple[bytes, ...]
    topics: tuple[bytes, ...]
    start: int
    tables: tuple[TableShape, ...]
    plan: LogPlan
    judge: Callable[[Log], tuple[int, Row]]
    """The table and the row of a log that the plan did not write."""
    keeps_answers: bool = False
    """Whether nodes' answers are written beside their rows."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word of a log, by the name of its argument or `struct.member`."""

    name: str
    abi_type: str
    in_topic: bool
    place: int

    def spec(self) -> LeafSpec:
        """As the plan takes it. Raises ValueError for what is not one word, `bytes` or `string`."""
        kind, size = _kind(self.abi_type)
        if self.in_topic and kind == "dynamic":
            kind, size = "fixed", 32  # the log has only its hash
        return (self.in_topic, self.place, LEAVES[kind], size)


@dataclass(frozen=True, slots=True)
class Shape:
    """How one event lies in a log."""

    leaves: tuple[Leaf, ...]
    topics: int
    head_words: int
    is_dynamic: bool

    def index(self, name: str) -> int:
        """Which leaf has this name."""
        return next(number for number, leaf in enumerate(self.leaves) if leaf.name == name)


def shape(entry: dict[str, Any], names: Sequence[str | tuple[str, Sequence[str]]]) -> Shape:
    """The leaves of an ABI's event; `names` for its arguments in order, with the members' of a struct.

    Raises ValueError for an event with arrays, or with structs of anything but words: the slow reader takes those.
    """
    leaves: list[Leaf] = []
    topics, words, is_dynamic = 1, 0, False
    for argument, name in zip(entry["inputs"], names, strict=True):
        abi_type = argument["type"]
        if argument["indexed"]:
            if not isinstance(name, str):
                raise ValueError("an indexed struct")
            leaves.append(Leaf(name, abi_type if is_plain(abi_type) else "bytes32", True, topics))
            topics += 1
        elif isinstance(name, str):
            leaves.append(Leaf(name, abi_type, False, words))
            is_dynamic |= _kind(abi_type)[0] == "dynamic"
            words += 1
        else:
            struct, members = name
            for component, member in zip(argument["components"], members, strict=True):
                if _kind(component["type"])[0] == "dynamic":
                    raise ValueError("a struct with a dynamic member")
                leaves.append(Leaf(f"{struct}.{member}", component["type"], False, words))
                words += 1
    return Shape(tuple(leaves), topics, words, is_dynamic)


def event_spec(
    group: int,
    topic: bytes,
    table: int,
    found: Shape,
    columns: Iterable[ColumnSpec],
    equal: Iterable[tuple[str, str]] = (),
) -> EventSpec:
    """One event of a plan."""
    return (
        *(group, topic, table, found.topics, found.head_words, found.is_dynamic),
        [leaf.spec() for leaf in found.leaves],
        list(columns),
        [(found.index(one), found.index(other)) for one, other in equal],
    )


def place_column(name: str) -> ColumnSpec:
    """A column that says where a log is; `name` is a key of COLUMNS."""
    return (COLUMNS[name], 0, 0)


def is_plain(abi_type: str) -> bool:
    """Whether a value of the type is one word, or `bytes` or `string`."""
    try:
        _kind(abi_type)
    except ValueError:
        return False
    return True


def _kind(abi_type: str) -> tuple[str, int]:
    match abi_type:
        case "address":
            return "address", 20
        case "bool":
            return "bool", 1
        case "bytes" | "string":
            return "dynamic", 0
    found = _WORD.match(abi_type)
    if found is None:
        raise ValueError(f"{abi_type} is not one word")
    kind, size = found.groups()
    return ("fixed" if kind == "bytes" else kind), int(size)
