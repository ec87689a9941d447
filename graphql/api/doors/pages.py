"""The built dashboards: pages that are always asked for again, assets that never change under their name."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_NOT_BUILT = """The dashboards are not built.

Run this in the project's folder, then load the page again:

    npm install && npm run build -w dashboards

The API works without them: POST /graphql, /health, /ready.
"""


class Pages(StaticFiles):
    """The files of dashboards/dist; says how to build them while they are absent."""

    def __init__(self, dashboards: Path) -> None:
        super().__init__(directory=dashboards, html=True, check_dir=False)
        self._index = dashboards / "index.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not self._index.is_file():
            return PlainTextResponse(_NOT_BUILT, 503)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            return PlainTextResponse("There is no such page.\n", error.status_code)
        # Vite puts a hash of the content into the name of everything below assets/.
        is_hashed = path.startswith("assets/")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        return response
