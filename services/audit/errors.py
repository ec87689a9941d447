"""What can be wrong with the audit log.

ServiceError
└── AuditError
    ├── EntryInvalid   ENTRY_INVALID: a programmer's mistake
    └── LogBroken      AUDIT_BROKEN: what is in the database is not what was written
"""

from __future__ import annotations

from services.errors import ServiceError


class AuditError(ServiceError):
    """The log cannot be written, or must not be signed."""

    code = "AUDIT_ERROR"


class EntryInvalid(AuditError):
    """An entry that the log does not take."""

    code = "ENTRY_INVALID"

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(f"an audit entry's {field} must be {wanted}")
        self.field = field


class LogBroken(AuditError):
    """The log was changed behind our back: no head is signed over that."""

    code = "AUDIT_BROKEN"

    def __init__(self, number: int, words: str) -> None:
        super().__init__(f"audit entry {number} {words}", "`lightdom audit verify` finds everything that is wrong.")
        self.number = number
