"""Reading at a block of the past: one statement, after which a transaction reads every table as it was then."""

from sqlalchemy import TextClause, text

AT_BLOCK = "at_block"
"""The schema that has a view for each table and view of the mirror, of the same name and with the same columns."""

BLOCK_SETTING = "lightdom.block"

READ_AT_BLOCK: TextClause = text(
    f"SELECT set_config('search_path', '{AT_BLOCK}, ' || current_setting('search_path'), true),"
    f" set_config('{BLOCK_SETTING}', CAST(CAST(:block AS bigint) AS text), true)"
)
"""From here to the end of the transaction, names without a schema mean what was so after block `:block`.

Warning: a block above the checkpoint reads as the checkpoint does. Ask for none that is not mirrored.
"""
