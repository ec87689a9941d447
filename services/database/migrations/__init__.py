"""The off-chain schema's history, by Alembic."""

from services.database.migrations.migrate import downgrade, head_revision, revision_of, upgrade

__all__ = ["downgrade", "head_revision", "revision_of", "upgrade"]
