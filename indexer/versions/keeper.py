"""Keeps the versions in step with the events, in the transaction that writes or deletes them."""

from collections.abc import Sequence
from typing import Any

import psycopg

from indexer.versions.claims import claims, hosts, pages
from indexer.versions.harvesters import harvesters, land, verifiers
from indexer.versions.patch import Derivation
from indexer.versions.sums import rollups, totals

DERIVATIONS = (claims, pages, hosts, harvesters, land, verifiers, rollups, totals)
"""In the order in which they follow from each other."""


class Keeper:
    """The versions of one mirror. Every method runs inside the writer's transaction."""

    def opened(self, cursor: psycopg.Cursor[Any]) -> None:
        """Makes again what was made by other rules than this program's."""
        rebuild_outdated(cursor)

    def taken_up(self, cursor: psycopg.Cursor[Any]) -> None:
        """Which votes count is a fact about the contracts."""
        rebuild_outdated(cursor)

    def appended(self, cursor: psycopg.Cursor[Any], first: int, last: int) -> None:
        """Adds what the rows of these blocks say."""
        for derivation in DERIVATIONS:
            _execute(cursor, derivation.append, first=first, last=last)

    def before_rewind(self, cursor: psycopg.Cursor[Any], to: int) -> None:
        """Nothing: the versions know by themselves what they were."""

    def rewound(self, cursor: psycopg.Cursor[Any], to: int) -> None:
        """Takes back what blocks above `to` said."""
        for derivation in DERIVATIONS:
            for statement in derivation.undo:
                _execute(cursor, statement, to=to)

    def backfilled(self, cursor: psycopg.Cursor[Any]) -> None:
        """Rows were added below blocks that were folded in already."""
        rebuild(cursor, DERIVATIONS)


def rebuild_outdated(cursor: psycopg.Cursor[Any]) -> tuple[str, ...]:
    """Makes the versions anew if any were made by other rules; gives the names of those that were.

    All of them: those that follow from an outdated one are outdated with it.
    """
    wanted = _fingerprints(cursor)
    found = dict(cursor.execute("SELECT name, fingerprint FROM derivations").fetchall())
    outdated = tuple(name for name, fingerprint in wanted.items() if found.get(name) != fingerprint)
    if outdated:
        rebuild(cursor, DERIVATIONS)
        cursor.execute("DELETE FROM derivations")
        cursor.executemany("INSERT INTO derivations (name, fingerprint) VALUES (%s, %s)", list(wanted.items()))
    return outdated


def rebuild(cursor: psycopg.Cursor[Any], derivations: Sequence[Derivation]) -> None:
    """Makes the versions anew from all rows. Readers see the old ones until the commit."""
    for derivation in derivations:
        cursor.execute(f"DELETE FROM {derivation.name}".encode())  # noqa: S608  # a name of ours
    for derivation in derivations:
        _execute(cursor, derivation.append, first=0, last=2**62)


def _fingerprints(cursor: psycopg.Cursor[Any]) -> dict[str, bytes]:
    required = cursor.execute("SELECT min(required_bits) FROM contracts WHERE name = 'ProofOfOptimization'").fetchone()
    mark = repr(required).encode()
    return {d.name: d.fingerprint + mark for d in DERIVATIONS}


def _execute(cursor: psycopg.Cursor[Any], statement: str, **blocks: int) -> None:
    cursor.execute(statement.encode(), blocks)
