"""What a role says after a look at a claim."""

from enum import Enum


class Outcome(Enum):
    """DONE: never again. SOON: only time is missing. LATER: something failed, wait longer each time."""

    DONE = "done"
    SOON = "soon"
    LATER = "later"
