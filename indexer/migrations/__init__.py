"""The schema's history: numbered steps, each with a way back."""

from indexer.migrations.migrate import VERSION_TABLE, downgrade, head_revision, schema_revision, upgrade, upgrade_beside

__all__ = ["VERSION_TABLE", "downgrade", "head_revision", "schema_revision", "upgrade", "upgrade_beside"]
