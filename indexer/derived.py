"""State that is kept beside the events, changed in the transaction that changes them."""

from typing import Any, Protocol

import psycopg


class Derived(Protocol):
    """Something computed from event rows. Each method runs inside the writer's transaction."""

    def opened(self, cursor: psycopg.Cursor[Any]) -> None:
        """A writer begins; what is there may be of another version of this program."""

    def taken_up(self, cursor: psycopg.Cursor[Any]) -> None:
        """What is known of the contracts has changed."""

    def backfilled(self, cursor: psycopg.Cursor[Any]) -> None:
        """Rows were added in blocks that were there already."""

    def appended(self, cursor: psycopg.Cursor[Any], first: int, last: int) -> None:
        """The rows of blocks first to last were added."""

    def before_rewind(self, cursor: psycopg.Cursor[Any], to: int) -> None:
        """The rows of all blocks above `to` are about to be deleted."""

    def rewound(self, cursor: psycopg.Cursor[Any], to: int) -> None:
        """They are deleted."""
