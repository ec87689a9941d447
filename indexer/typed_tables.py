"""Tables for the events of any ABI: one a name and signature, a column an argument, and the plan that fills them.

Invariant: what a table has no column type for is kept as JSON, and a log that breaks its ABI is set aside whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from core_ext.log_plan import COLUMNS, ColumnSpec, EventSpec, LogPlan
from indexer.cells import Row, moment
from indexer.children import Child, Source
from indexer.config import Config, ConfiguredContract
from indexer.errors import SettingInvalid
from indexer.log import Log
from indexer.signature import canonical_type, topic0
from indexer.target import Leaf, Shape, TableShape, Target, event_spec, is_plain, place_column, shape

SET_ASIDE = "indexer_set_aside"

_PLACE = {"block_number": "BIGINT", "log_index": "INTEGER", "block_time": "TIMESTAMPTZ", "tx_hash": "BYTEA"}
_SET_ASIDE = {"block_hash": "BYTEA", "contract": "BYTEA", "topics": "BYTEA[]", "data": "BYTEA", "reason": "TEXT"}


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table and its columns' types, in order."""

    name: str
    columns: dict[str, str]

    @property
    def shape(self) -> TableShape:
        return TableShape(self.name, tuple(self.columns))


@dataclass(frozen=True, slots=True)
class _Kind:
    """One event: how it lies in a log (None: the slow reader's), its table, and whether that says which contract."""

    entry: dict[str, Any]
    shape: Shape | None
    table: int
    has_contract: bool


def typed_tables(config: Config) -> tuple[TypedTable, ...]:
    """The tables that the configuration asks for; the last one takes what is set aside."""
    return tuple(_layout(config)[0])


def typed_target(config: Config, children: Sequence[Child] = ()) -> Target:
    """What to ask for and how to write it, with the children that are known."""
    tables, kinds = _layout(config)
    specs: list[EventSpec] = []
    for (group, topic), kind in kinds.items():
        if kind.shape is not None:
            columns = [place_column(name) for name in _PLACE]
            columns += [place_column("contract")] if kind.has_contract else []
            columns += [_column(leaf, number) for number, leaf in enumerate(kind.shape.leaves)]
            specs.append(event_spec(group, topic, kind.table, kind.shape, columns))
    numbers = {contract.name: number for number, contract in enumerate(config.contracts)}
    groups = {contract.address: numbers[contract.name] for contract in config.contracts if contract.factory is None}
    groups |= {child.address: numbers[child.template] for child in children if child.address not in groups}

    def judge(log: Log) -> tuple[int, Row]:
        kind = kinds.get((groups[log.address], log.topics[0])) if log.topics else None
        if kind is None:
            return len(tables) - 1, _aside(
                log, "unknown topic" if log.topics else "anonymous: no topic names the event"
            )
        try:
            values = _decoded(kind.entry, log)
        except Exception as error:  # whatever a strange log makes the library raise is the reason
            return len(tables) - 1, _aside(log, f"{kind.entry['name']}: {error}")
        if kind.shape is not None:
            reason = "text that is not UTF-8 or has NUL, padding that is not zero, or bytes that no argument says"
            return len(tables) - 1, _aside(log, f"{kind.entry['name']}: {reason}")
        return kind.table, (*_place(log), *([log.address] if kind.has_contract else []), *values)

    return Target(
        addresses=tuple(groups),
        topics=(),
        start=min(contract.start_block for contract in config.contracts if contract.factory is None),
        keeps_answers=config.keeps_answers,
        tables=tuple(table.shape for table in tables),
        plan=LogPlan(groups, specs, len(tables)),
        judge=judge,
    )


def child_sources(config: Config) -> tuple[Source, ...]:
    """The columns that have the addresses of templates' children."""
    tables, kinds = _layout(config)
    found = []
    for contract in config.contracts:
        if contract.factory is None:
            continue
        group, factory = next((n, c) for n, c in enumerate(config.contracts) if c.name == contract.factory.contract)
        entry = next(event for event in factory.events if event["name"] == contract.factory.event)
        kind = kinds[group, topic0(entry)]
        place = [argument["name"] for argument in entry["inputs"]].index(contract.factory.argument)
        before = len(_PLACE) + kind.has_contract
        if kind.shape is None:
            raise SettingInvalid(
                f"contracts.{contract.name}.factory", "an event with arrays or deep structs names none"
            )
        leaf = kind.shape.index(_argument_names(entry)[place])
        table = tables[kind.table]
        column = list(table.columns)[before + leaf]
        found.append(Source(contract.name, table.name, column, factory.address if kind.has_contract else None))
    return tuple(found)


def _layout(config: Config) -> tuple[list[TypedTable], dict[tuple[int, bytes], _Kind]]:
    said_by: dict[bytes, list[ConfiguredContract]] = {}
    names: dict[str, set[bytes]] = {}
    for contract in config.contracts:
        for entry in contract.events:
            said_by.setdefault(topic0(entry), []).append(contract)
            names.setdefault(_snake(entry["name"]), set()).add(_signature(entry))
    tables: list[TypedTable] = []
    numbers: dict[str, int] = {}
    kinds: dict[tuple[int, bytes], _Kind] = {}
    for group, contract in enumerate(config.contracts):
        for entry in contract.events:
            name = _snake(entry["name"])
            if len(names[name]) > 1:  # events of one name that are not alike
                name = f"{_snake(contract.name)}_{name}"
                name += "_" + topic0(entry).hex()[:8] if name in numbers else ""
            is_shared = len(said_by[topic0(entry)]) > 1 and len(names[_snake(entry["name"])]) == 1
            has_contract = is_shared or contract.factory is not None
            if name not in numbers:
                numbers[name] = len(tables)
                tables.append(TypedTable(name, _columns(entry, has_contract)))
            kinds[group, topic0(entry)] = _Kind(entry, _shape(entry), numbers[name], has_contract)
    tables.append(TypedTable(SET_ASIDE, _PLACE | _SET_ASIDE))
    return tables, kinds


def _columns(entry: dict[str, Any], has_contract: bool) -> dict[str, str]:
    columns = _PLACE | ({"contract": "BYTEA"} if has_contract else {})
    found = _shape(entry)
    fields = (
        [(leaf.name.replace(".", "_"), _sql_type(leaf)) for leaf in found.leaves]
        if found
        else [(str(name), "JSONB") for name in _argument_names(entry)]
    )
    for name, sql_type in fields:
        while name in columns:
            name += "_"
        columns[name] = sql_type
    return columns


def _shape(entry: dict[str, Any]) -> Shape | None:
    names = [
        (name, [_snake(c["name"]) or str(n) for n, c in enumerate(argument["components"])])
        if argument["type"] == "tuple" and not argument["indexed"]
        else name
        for name, argument in zip(_argument_names(entry), entry["inputs"], strict=True)
    ]
    try:
        return shape(entry, names)
    except ValueError:
        return None


def _argument_names(entry: dict[str, Any]) -> list[str]:
    return [_snake(argument["name"]) or f"argument_{number}" for number, argument in enumerate(entry["inputs"])]


def _sql_type(leaf: Leaf) -> str:
    if leaf.abi_type == "string":
        return "BYTEA" if leaf.in_topic else "TEXT"
    if leaf.abi_type == "bool":
        return "BOOLEAN"
    bits = _integer_bits(leaf.abi_type)
    if bits is None:
        return "BYTEA"
    return "SMALLINT" if bits <= 16 else "INTEGER" if bits <= 32 else "BIGINT" if bits <= 64 else "NUMERIC"


def _column(leaf: Leaf, number: int) -> ColumnSpec:
    sizes = {"SMALLINT": 2, "INTEGER": 4, "BIGINT": 8}
    sql_type = _sql_type(leaf)
    if sql_type in sizes:
        return (COLUMNS["int"], number, sizes[sql_type])
    kind = {"NUMERIC": "numeric", "BOOLEAN": "bool", "TEXT": "text"}.get(sql_type, "bytes")
    if leaf.abi_type == "bytes" and not leaf.in_topic:
        kind = "dynamic"
    return (COLUMNS[kind], number, 0)


def _integer_bits(abi_type: str) -> int | None:
    """How many bits a signed integer needs to hold every value of the type."""
    if abi_type.startswith("uint"):
        return int(abi_type[4:]) + 1
    return int(abi_type[3:]) if abi_type.startswith("int") else None


def _decoded(entry: dict[str, Any], log: Log) -> list[object]:
    # Loaded when the first odd log comes: most mirrors never need it.
    from eth_abi.abi import decode, encode

    indexed = [a for a in entry["inputs"] if a["indexed"]]
    if len(log.topics) != 1 + len(indexed):
        raise ValueError(f"{len(log.topics)} topics instead of {1 + len(indexed)}")
    types = [canonical_type(a) for a in entry["inputs"] if not a["indexed"]]
    found = decode(types, log.data)
    if encode(types, found) != log.data:
        raise ValueError("bytes that no argument says")
    plain = iter(found)
    topics = iter(log.topics[1:])
    values = []
    for argument in entry["inputs"]:
        if argument["indexed"]:
            kind = argument["type"] if is_plain(argument["type"]) else "bytes32"
            kind = "bytes32" if kind in ("bytes", "string") else kind
            values.append(decode([kind], next(topics))[0])
        else:
            values.append(next(plain))
    return [orjson.dumps(_json(value)).decode() for value in values]


def _json(value: object) -> object:
    """JSON without loss: bytes in hexadecimal, and integers that a reader's doubles cannot hold as text."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return str(value)
    if isinstance(value, str) and "\0" in value:
        raise ValueError("text with NUL, which PostgreSQL's JSON cannot hold")
    return value


def _place(log: Log) -> Row:
    return log.block_number, log.log_index, moment(log.block_time), log.tx_hash


def _aside(log: Log, reason: str) -> Row:
    readable = reason.replace("\0", "\ufffd")
    return (*_place(log), log.block_hash, log.address, list(log.topics), log.data, readable)


def _signature(entry: dict[str, Any]) -> bytes:
    """What two events must share to share a table: types, names, and what is indexed."""
    parts: Sequence[object] = [(a["name"], canonical_type(a), a["indexed"]) for a in entry["inputs"]]
    return repr((entry["name"], parts)).encode()


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().strip("_")
