"""The audit log: who did what off chain, each entry chained to the one before, its Merkle head signed and anchored.

Invariant: an entry is written in the transaction of what it tells, and nothing changes or leaves it afterwards.
"""

from services.audit.entries import Entry, record

__all__ = ["Entry", "record"]
