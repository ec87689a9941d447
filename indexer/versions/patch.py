# ruff: noqa: S608 - every name and expression in these statements is written in this package
"""How state follows from events: which rows say what about which key, and the one statement that folds them in.

Invariant: the versions depend on the rows alone, never on how they were cut into batches; each block that says anything
of a key begins exactly one version of it.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from indexer.tables import NO_END

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no type


@dataclass(frozen=True, slots=True)
class Patch:
    """What rows say. All texts are SQL: `rows` a FROM list in which `e` is the row, `key` and `says` expressions."""

    rows: str
    key: tuple[str, ...]
    says: dict[str, str]
    where: str = "true"
    block: str = "e.block_number"
    log: str = "e.log_index"


@dataclass(frozen=True)
class Derivation:
    """A table of versions, and the patches that it is made of."""

    table: Table
    patches: tuple[Patch, ...]

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.name)

    @cached_property
    def append(self) -> str:
        """SQL that adds the versions that blocks `first` to `last` begin, and ends those that they follow."""
        keys = ", ".join(self._keys)
        columns = ", ".join(column.name for column in self._columns)
        patches = "\n    UNION ALL ".join(self._select(patch) for patch in self.patches)
        match = " AND ".join(f"v.{key} = t.{key}" for key in self._keys)
        kept = ", ".join(_kept(column) for column in self._columns)
        folded = ", ".join(_folded(column) for column in self._columns)
        return f"""WITH patches AS MATERIALIZED (
    {patches}
), touched AS (
    SELECT {keys}, min(block) AS block FROM patches GROUP BY {keys}
), ended AS (
    UPDATE {self.name} v SET until_block = t.block FROM touched t WHERE {match} AND v.until_block = {NO_END}
    RETURNING {", ".join(f"v.{key}" for key in self._keys)}, {", ".join(f"v.{c.name}" for c in self._columns)}
), folded AS (
    SELECT {keys}, block, lead(block) OVER w AS next_block, {folded}
    FROM (
        SELECT * FROM patches
        UNION ALL SELECT {keys}, -1, -1, {kept} FROM ended
    ) said
    WINDOW w AS (PARTITION BY {keys} ORDER BY block, log ROWS UNBOUNDED PRECEDING)
)
INSERT INTO {self.name} ({keys}, from_block, until_block, {columns})
SELECT {keys}, block, coalesce(next_block, {NO_END}), {columns} FROM folded
WHERE block >= 0 AND next_block IS DISTINCT FROM block"""

    @property
    def undo(self) -> tuple[str, str]:
        """SQL that takes everything above block `to` back."""
        return (
            f"DELETE FROM {self.name} WHERE from_block > %(to)s",
            f"UPDATE {self.name} SET until_block = {NO_END} WHERE until_block > %(to)s AND until_block < {NO_END}",
        )

    @property
    def fingerprint(self) -> bytes:
        """Changes whenever the versions may."""
        return sha256(self.append.encode()).digest()

    @property
    def _keys(self) -> list[str]:
        return [c.name for c in self.table.primary_key if c.name != "from_block"]

    @property
    def _columns(self) -> list[Column[object]]:
        return [column for column in self.table.columns if "fold" in column.info]

    def _select(self, patch: Patch) -> str:
        unknown = patch.says.keys() - {column.name for column in self._columns}
        assert not unknown, f"{self.name} has no {unknown}"
        keys = ", ".join(f"{said} AS {name}" for said, name in zip(patch.key, self._keys, strict=True))
        columns = ", ".join(f"{_patched(c, patch.says.get(c.name))} AS {c.name}" for c in self._columns)
        return (
            f"SELECT {keys}, {patch.block} AS block, {patch.log} AS log, {columns} FROM {patch.rows}"
            f" WHERE {patch.block} BETWEEN %(first)s AND %(last)s AND {patch.where}"
        )


def _patched(column: Column[object], said: str | None) -> str:
    """An array of one where something was said, so that saying NULL is not the same as saying nothing."""
    kind = column.type.compile(_DIALECT)
    if column.info["fold"] == "said":
        return f"NULL::{kind}[]" if said is None else f"ARRAY[{said}]::{kind}[]"
    return f"NULL::{kind}" if said is None else f"({said})::{kind}"


def _kept(column: Column[object]) -> str:
    return f"ARRAY[{column.name}]" if column.info["fold"] == "said" else column.name


def _folded(column: Column[object]) -> str:
    name = column.name
    match column.info["fold"]:
        case "sum":
            return f"coalesce(sum({name}) OVER w, 0) AS {name}"
        case "first":
            return f"first_known({name}) OVER w AS {name}"
    last = f"(last_known({name}) OVER w)[1]"
    default = column.info["default"]
    return f"{last} AS {name}" if default is None else f"coalesce({last}, {default}) AS {name}"
