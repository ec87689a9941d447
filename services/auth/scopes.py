"""What an API key may be used for. A session, which a person holds, has all of them."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """One right of a key; it never exceeds the rights of the account that made it."""

    READ = "read"
    """What everybody may read, under the account's own rate limit."""
    OPTIMIZE = "optimize"
    """Optimization tasks: hand in pages, read results."""
    RELAY = "relay"
    """Have signed transactions sent."""
    NODES = "nodes"
    """Node operators' tasks."""
    MODELS = "models"
    """Models and data sets, as far as the account's roles go."""
    AGENT = "agent"
    """Agent jobs."""
    BILLING = "billing"
    """Usage and invoices."""
