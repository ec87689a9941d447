"""What can be wrong with the database, for whoever wanted to write.

ServiceError
└── DatabaseError
    ├── DatabaseUnavailable
    └── SchemaMissing
"""

from __future__ import annotations

from services.errors import ServiceError


class DatabaseError(ServiceError):
    """Nothing was written."""

    code = "DATABASE_ERROR"


class DatabaseUnavailable(DatabaseError):
    """No connection, or no answer in time."""

    code = "UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__("the database does not answer", "Try again; /ready says more.")


class SchemaMissing(DatabaseError):
    """The off-chain tables are not there."""

    code = "UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__("the database has no off-chain tables", "Run `python -m services.database migrate`.")
