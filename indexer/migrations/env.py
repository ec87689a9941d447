"""What Alembic runs: every step on the connection, and in the transaction, of whoever asked."""

from alembic import context

from indexer.migrations.migrate import VERSION_TABLE
from indexer.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
