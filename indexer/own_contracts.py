"""Our own contracts as a target: the manifest's addresses, the package's ABIs, the tables of `indexer.tables`."""

from typing import get_type_hints

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Numeric, SmallInteger, Table, Text

from core_ext.log_plan import COLUMNS, LEAVES, ColumnSpec, EventSpec, LogPlan
from indexer import abi
from indexer.cells import Row
from indexer.decode import Decoder
from indexer.deployment import Deployment
from indexer.events import Event
from indexer.log import Log
from indexer.rows import CONTRACT, LAYOUTS, READABLE, Layout, row
from indexer.signature import topic0
from indexer.sources import EVENTS
from indexer.tables import event_tables
from indexer.target import Shape, TableShape, Target, event_spec, place_column, shape

_PLACE = ("block_number", "block_time", "log_index", "block_hash", "tx_hash")


def own_target(deployment: Deployment) -> Target:
    """What the contracts of this deployment say, all of it: logs that no event explains are set aside."""
    every = event_tables()
    numbers = {str(table.name): number for number, table in enumerate(every)}
    groups = {contract.name: number for number, contract in enumerate(deployment.contracts)}
    specs = [spec for name, group in groups.items() for spec in _specs(name, group, numbers)]
    decoder = _decoder(deployment)

    def judge(log: Log) -> tuple[int, Row]:
        table, content = row(log, decoder.decode(log))
        return numbers[str(table.name)], content

    return Target(
        addresses=deployment.addresses,
        topics=(),
        start=deployment.start,
        tables=tuple(TableShape(str(t.name), tuple(column.name for column in t.columns)) for t in every),
        plan=LogPlan({c.address: groups[c.name] for c in deployment.contracts}, specs, len(every)),
        judge=judge,
    )


def _decoder(deployment: Deployment) -> Decoder:
    decoder = Decoder()
    for contract in deployment.contracts:
        decoder.add(contract.address, abi.load(contract.name), EVENTS[contract.name])
    return decoder


def _specs(contract: str, group: int, numbers: dict[str, int]) -> list[EventSpec]:
    specs = []
    for entry in abi.load(contract):
        kind = EVENTS[contract].get(entry.get("name", "")) if entry["type"] == "event" else None
        if kind is not None and not entry.get("anonymous"):
            layout = LAYOUTS[kind]
            found = shape(entry, _names(kind))
            columns = [place_column(name) for name in _PLACE]
            fields = list(layout.table.columns)[len(_PLACE) :]
            columns += [_column(found, source, c) for source, c in zip(layout.columns, fields, strict=True)]
            table = numbers[_table_name(layout)]
            specs.append(event_spec(group, topic0(entry), table, found, columns, layout.equal))
    return specs


def _table_name(layout: Layout) -> str:
    table: Table = layout.table
    return str(table.name)


def _names(kind: type[Event]) -> list[str | tuple[str, list[str]]]:
    """The fields of an event in its ABI's order; of a field that is a struct, its members too."""
    return [
        (name, list(hint.__dataclass_fields__)) if hasattr(hint, "__dataclass_fields__") else name
        for name, hint in get_type_hints(kind).items()
    ]


def _column(found: Shape, source: str, column: Column[object]) -> ColumnSpec:
    if source == CONTRACT:
        return place_column("contract")
    if source.startswith(READABLE):
        return (COLUMNS["text"], found.index(source[1:]), 0)
    leaf = found.index(source)
    match column.type:
        case Boolean():
            return (COLUMNS["bool"], leaf, 0)
        case SmallInteger():
            return (COLUMNS["int"], leaf, 2)
        case BigInteger():
            return (COLUMNS["int"], leaf, 8)
        case Integer():
            return (COLUMNS["int"], leaf, 4)
        case Text():
            return (COLUMNS["text"], leaf, 0)
    if isinstance(getattr(column.type, "impl", column.type), Numeric):
        return (COLUMNS["numeric"], leaf, 0)
    if isinstance(getattr(column.type, "impl", column.type), LargeBinary):
        is_dynamic = found.leaves[leaf].spec()[2] == LEAVES["dynamic"]
        return (COLUMNS["dynamic" if is_dynamic else "bytes"], leaf, 0)
    raise ValueError(f"no COPY for {column.type!r}")
