"""The doors of LightDom: GraphQL, health, and the dashboards, over what the indexer has written.

Reads only: it never writes to the database and never holds a key. Start in `app.py`; `query.py` has the root fields.
"""

from api.settings import Settings, from_environment

__all__ = ["Settings", "from_environment"]
