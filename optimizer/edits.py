"""The edits of a page; the compiled half is in optimizer.native.ledger."""

from __future__ import annotations

from optimizer.native.ledger import Edit, Ledger

__all__ = ["Edit", "Ledger"]
