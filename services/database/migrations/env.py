"""What Alembic runs: every step on the connection, and in the transaction, of whoever asked."""

from alembic import context

from services.database.metadata import SCHEMA
from services.database.migrations.migrate import VERSION_TABLE
from services.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    version_table_schema=SCHEMA,
    include_schemas=True,
)
context.run_migrations()
