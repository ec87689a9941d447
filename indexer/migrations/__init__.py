"""The schema's history: numbered steps, each with a way back."""

from indexer.migrations.migrate import downgrade, head_revision, schema_revision, upgrade

__all__ = ["downgrade", "head_revision", "schema_revision", "upgrade"]
