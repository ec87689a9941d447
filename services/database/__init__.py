"""Off-chain truth: what is in Postgres only, in a schema of its own beside the mirror of the chain.

Invariant: nothing here can be derived from the chain, and nothing that the chain decides is kept here.
"""

from services.database.engine import begin, open_engine
from services.database.metadata import SCHEMA, metadata

__all__ = ["SCHEMA", "begin", "metadata", "open_engine"]
