"""Proves the versions equal to what all rows say, without touching them."""

from typing import Any

import psycopg
from psycopg import sql

from indexer.versions.keeper import DERIVATIONS, rebuild
from indexer.versions.patch import Derivation


def compare_versions(connection: psycopg.Connection[Any], schema: str) -> dict[str, tuple[int, int]]:
    """By table: how many versions are there and should not be, and how many should be and are not; equal ones left out.

    Reads one snapshot, so the mirror may run on meanwhile. The connection's temporary tables must not be in use.
    """
    names = sql.Identifier(schema)
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    try:
        # Versions made here are temporary; everything else is the mirror's.
        connection.execute(sql.SQL("SET LOCAL search_path TO pg_temp, {}").format(names))
        with connection.cursor() as cursor:
            for derivation in DERIVATIONS:
                there = sql.Identifier(schema, derivation.name)
                made = sql.Identifier("pg_temp", derivation.name)
                cursor.execute(sql.SQL("CREATE TEMP TABLE {} (LIKE {} INCLUDING INDEXES)").format(made, there))
            rebuild(cursor, DERIVATIONS)
            counted = {derivation.name: _counts(cursor, schema, derivation) for derivation in DERIVATIONS}
    finally:
        connection.execute("ROLLBACK")
    return {name: counts for name, counts in counted.items() if counts != (0, 0)}


def _counts(cursor: psycopg.Cursor[Any], schema: str, derivation: Derivation) -> tuple[int, int]:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in derivation.table.columns)
    parts = [
        sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(place, derivation.name))
        for place in (schema, "pg_temp")
    ]
    counted = cursor.execute(
        sql.SQL(
            "SELECT (SELECT count(*) FROM ({0} EXCEPT ALL {1}) a), (SELECT count(*) FROM ({1} EXCEPT ALL {0}) b)"
        ).format(*parts)
    ).fetchone()
    assert counted is not None  # a SELECT without FROM has one row
    return counted[0], counted[1]
