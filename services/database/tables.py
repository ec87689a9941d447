"""All off-chain tables, for whoever needs them together: migrations and their tests."""

from services.database import access, audit
from services.database.metadata import metadata

__all__ = ["access", "audit", "metadata"]
