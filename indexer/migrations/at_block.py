"""The schema that shows every table and view as of a block: made anew after each migration, from what there is."""

from collections.abc import Iterator

from indexer.tables import AT_BLOCK, BLOCK_SETTING, event_tables, view_metadata


def at_block_schema() -> Iterator[str]:
    """Statements that make it. A reader sets the block, and the schema before all others; see `READ_AT_BLOCK`."""
    yield f"DROP SCHEMA IF EXISTS {AT_BLOCK} CASCADE"
    yield f"CREATE SCHEMA {AT_BLOCK}"
    yield (
        f"CREATE FUNCTION {AT_BLOCK}.as_of() RETURNS bigint LANGUAGE sql STABLE"
        f" AS $at$SELECT current_setting('{BLOCK_SETTING}')::bigint$at$"
    )
    for table in event_tables():
        yield (
            f"CREATE VIEW {AT_BLOCK}.{table.name} AS SELECT * FROM {table.name}"  # noqa: S608  # names of ours
            f" WHERE block_number <= {AT_BLOCK}.as_of()"
        )
    for name in view_metadata.tables:
        yield f"CREATE VIEW {AT_BLOCK}.{name} AS SELECT * FROM {name}_at({AT_BLOCK}.as_of())"  # noqa: S608  # likewise
