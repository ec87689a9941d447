# ruff: noqa: S608 - every name in these statements is written in this package
"""A new version of the schema is built beside the old one, and takes its place in one transaction.

Invariant: a reader sees the old version or the new one, whole; what was granted on the old one is granted on the new.
"""

from collections.abc import Iterator
from typing import Any

import orjson
import psycopg
from psycopg import sql

from indexer.migrations.at_block import at_block_schema

BESIDE = "indexer_next"
"""The schema in which the new version is built."""

_OLD = "indexer_old"

# Below Postgres' deadlock_timeout of a second: who waits for a reader that waits for it gives up, not the reader.
_LOCK_MILLISECONDS = 500

Connection = psycopg.Connection[Any]

# Views before tables: in the order in which a reader locks them.
_OBJECTS = """
SELECT * FROM (
SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, quote_ident(c.relname)
FROM pg_class c WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relkind IN ('r', 'p', 'v')
UNION ALL
SELECT CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
    quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')'
FROM pg_proc p WHERE p.pronamespace = to_regnamespace(%(schema)s)
) o (kind, name) ORDER BY kind DESC, name
"""

_GRANTS = """
SELECT format('GRANT %%s ON %%I.%%I TO %%s', a.privilege_type, %(to)s::text, c.relname,
    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
JOIN pg_class n ON n.relname = c.relname AND n.relnamespace = to_regnamespace(%(to)s) AND n.relkind IN ('r', 'p', 'v')
WHERE c.relnamespace = to_regnamespace(%(of)s) AND c.relkind IN ('r', 'p', 'v') AND a.grantee <> c.relowner
"""


def switch(connection: Connection, schema: str, channel: str) -> None:
    """Puts what is in `BESIDE` in the place of what is in `schema`.

    Waits for readers only so long that others never wait behind it noticeably; raises psycopg.errors.LockNotAvailable
    then, and may be tried again. The caller holds the writer's lock of `schema`.
    """
    with connection.transaction():
        _lock(connection, schema)
        for grant in connection.execute(_GRANTS, {"of": schema, "to": BESIDE}).fetchall():
            connection.execute(grant[0].encode())
        _hand_over_outbox(connection, schema)
        there = set(_objects(connection, schema))
        coming = list(_objects(connection, BESIDE))
        _execute(connection, f"DROP SCHEMA IF EXISTS {_OLD} CASCADE", f"CREATE SCHEMA {_OLD}")
        for kind, name in coming:
            if (kind, name) in there:
                _execute(connection, f"ALTER {kind} {schema}.{name} SET SCHEMA {_OLD}")
        for kind, name in coming:
            _execute(connection, f"ALTER {kind} {BESIDE}.{name} SET SCHEMA {schema}")
        _execute(connection, f"DROP SCHEMA {BESIDE}", f"SET LOCAL search_path TO {schema}", *at_block_schema())
        _tell_all_again(connection, channel)


def drop_old(connection: Connection) -> None:
    """Drops what was switched away from. Not with the switch: who had begun to read it then has to be let end.

    Raises psycopg.errors.LockNotAvailable while one reads, and may be tried again.
    """
    with connection.transaction():
        _lock(connection, _OLD)
        _execute(connection, f"DROP SCHEMA IF EXISTS {_OLD} CASCADE")


def discard(connection: Connection) -> None:
    """Drops what was built and not switched to."""
    _execute(connection, f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE")


def _lock(connection: Connection, schema: str) -> None:
    """Everything at once and first, so that no reader waits longer than for this."""
    connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_LOCK_MILLISECONDS)))
    names = [f"{schema}.{name}" for kind, name in _objects(connection, schema) if kind in ("VIEW", "TABLE")]
    if names:
        _execute(connection, f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE")


def _objects(connection: Connection, schema: str) -> Iterator[tuple[str, str]]:
    yield from connection.execute(_OBJECTS, {"schema": schema}).fetchall()


def _hand_over_outbox(connection: Connection, schema: str) -> None:
    """Subscribers go on from the message that they had last; what was said while building was said to nobody."""
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{schema}.outbox"]).fetchone()
    if not (there and there[0]):
        return
    _execute(
        connection,
        f"DELETE FROM {BESIDE}.outbox",
        f"INSERT INTO {BESIDE}.outbox OVERRIDING SYSTEM VALUE SELECT id, first_block, message FROM {schema}.outbox",
        f"SELECT setval(pg_get_serial_sequence('{BESIDE}.outbox', 'id'),"
        f" (SELECT last_value FROM {schema}.outbox_id_seq), (SELECT is_called FROM {schema}.outbox_id_seq))",
    )


def _tell_all_again(connection: Connection, channel: str) -> None:
    """Another version may say other things of any block: all are taken back, and told anew."""
    here = connection.execute(
        "SELECT number, hash, (SELECT coalesce(min(block), 0) FROM contracts) FROM checkpoint"
    ).fetchone()
    messages: list[tuple[int, dict[str, object]]] = [(0, {"reorg_to": -1})]
    if here is not None and here[0] >= 0:
        messages.append((here[2], {"number": here[0], "hash": "0x" + here[1].hex()}))
    for first, message in messages:
        text = orjson.dumps(message).decode()
        connection.execute("INSERT INTO outbox (first_block, message) VALUES (%s, %s::jsonb)", [first, text])
        connection.execute("SELECT pg_notify(%s, %s)", [channel, text])


def _execute(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement.encode())
