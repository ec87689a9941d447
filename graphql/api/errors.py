"""The errors of the API, each with the stable code that clients may rely on.

ApiError
├── CallerError            the caller's mistake: shown as it is
│   ├── BadInput           BAD_INPUT
│   ├── BadCursor          BAD_CURSOR
│   ├── NotFound           NOT_FOUND
│   ├── TooComplex         TOO_COMPLEX
│   └── BodyTooLarge       BODY_TOO_LARGE
├── Unavailable            UNAVAILABLE: a part that we stand on does not answer; try again
└── SettingError           the operator's mistake: stops the process before it serves
    ├── SettingMissing
    └── SettingRefused

Anything else is INTERNAL: masked, logged with the request id, never shown.
"""

from __future__ import annotations

from typing import ClassVar

INTERNAL = "INTERNAL"


class ApiError(Exception):
    """Something that the API foresaw."""


class CallerError(ApiError):
    """The request cannot be answered as it stands."""

    code: ClassVar[str] = "BAD_INPUT"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class BadInput(CallerError):
    """An argument has a value that cannot be meant."""


class BadCursor(CallerError):
    """A cursor that this list did not give out in this order. Start again without it."""

    code = "BAD_CURSOR"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"'{field}' is not a cursor of this list in this order. Pass an endCursor unchanged, or leave it out.",
            field,
        )


class NotFound(CallerError):
    """What was asked for by its key is not there."""

    code = "NOT_FOUND"


class TooComplex(CallerError):
    """The query asks for more than one request may."""

    code = "TOO_COMPLEX"


class BodyTooLarge(CallerError):
    """The request's body is larger than is read."""

    code = "BODY_TOO_LARGE"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"The request body is larger than {limit_bytes} bytes.")
        self.limit_bytes = limit_bytes


class Unavailable(ApiError):
    """A part that the API stands on does not answer. Try again; /ready says which."""

    code: ClassVar[str] = "UNAVAILABLE"


class SettingError(ApiError):
    """The process cannot start with these settings."""


class SettingMissing(SettingError):
    """A setting without a default is not set."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not set. `make up` sets it; alone, point it at the indexer's database.")
        self.name = name


class SettingRefused(SettingError):
    """A setting has a value that cannot be meant."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} is refused: {reason}.")
        self.name = name
        self.reason = reason
