"""States written once become two things: view `x` for now, and function `x_at(block)` for any block of the past.

The functions are plain SELECTs, so that Postgres takes them apart like a view and a condition on them uses the indexes.
"""

import re
from collections.abc import Iterator

_NOW = 2**63 - 1
_HEAD = re.compile(r"^-- state (\w+)$", re.M)
_MARK = re.compile(r"@(\w)")
_VERSIONS = "vh"  # aliases of versions; every other one is of events


def make_states(text: str) -> Iterator[str]:
    """Statements that make the views and functions of a file of states."""
    for name, query in _states(text):
        yield f"CREATE VIEW {name} AS\n{_MARK.sub(_now, query)}"
        yield (
            f"CREATE FUNCTION {name}_at(block bigint) RETURNS SETOF {name} LANGUAGE sql STABLE AS $at$\n"
            f"{_MARK.sub(_then, query)}$at$"
        )


def drop_states(text: str) -> Iterator[str]:
    """Statements that take them away."""
    for name, _ in reversed(list(_states(text))):
        yield f"DROP FUNCTION {name}_at"
        yield f"DROP VIEW {name}"


def _states(text: str) -> Iterator[tuple[str, str]]:
    parts = _HEAD.split(text)[1:]
    return zip(parts[::2], parts[1::2], strict=True)


def _now(mark: re.Match[str]) -> str:
    alias = mark[1]
    return f"{alias}.until_block = {_NOW}" if alias in _VERSIONS else "true"


def _then(mark: re.Match[str]) -> str:
    alias = mark[1]
    return (
        f"{alias}.from_block <= $1 AND {alias}.until_block > $1"
        if alias in _VERSIONS
        else f"{alias}.block_number <= $1"
    )
