"""Built pages in a real Chromium, over a real API and database. Skipped with a reason where one is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from sqlalchemy import Engine

from indexer.database import engine as open_engine
from indexer.migrations import upgrade
from tests.api.chain_rows import ChainRows
from tests.api.serving import serving
from tests.dashboards.scenes import busy
from tests.indexer.postgres import Postgres

DASHBOARDS = Path(__file__).parents[2] / "dashboards"
_CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


# A module's, not the session's: while Playwright's synchronous API is open, this thread has a running event loop,
# and no other test could run one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("no Chromium: install the package chromium, or set CHROMIUM")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=executable, args=list(_CHROMIUM_FLAGS))


@pytest.fixture(scope="session")
def built_pages() -> Path:
    """dashboards/dist, built here if a source is newer than it."""
    dist = DASHBOARDS / "dist"
    sources = [path for folder in ("src", "public") for path in (DASHBOARDS / folder).rglob("*") if path.is_file()]
    sources += [DASHBOARDS / name for name in ("index.html", "graphiql.html", "package.json", "vite.config.ts")]
    built_at = (dist / "index.html").stat().st_mtime if (dist / "index.html").exists() else 0.0
    if max(path.stat().st_mtime for path in sources) > built_at:
        npm = shutil.which("npm")
        if npm is None or not (DASHBOARDS.parent / "node_modules" / "vite").exists():
            pytest.skip("the pages are not built, and npm or its packages are missing: npm ci")
        subprocess.run(
            [npm, "run", "build", "-w", "dashboards"], cwd=DASHBOARDS.parent, check=True, capture_output=True
        )
    return dist


@dataclass(slots=True)
class Site:
    """A chain that a process serves to a browser."""

    url: str
    chain: ChainRows
    engine: Engine
    stop: Callable[[], None]

    def seen(self, seconds_ago: int = 0, blocks_ahead: int = 0) -> None:
        """Writes when the indexer last saw the chain, and how far the chain was then."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE checkpoint SET seen_at = now() - make_interval(secs => %s), head_number = number + %s",
                (seconds_ago, blocks_ahead),
            )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def site_of(postgres: Postgres, built_pages: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Site]]:
    """Makes sites; each has its own database and process."""
    ends: list[Callable[[], object]] = []

    def make(chain: ChainRows | None) -> Site:
        name = f"site_{abs(hash((request.node.name, len(ends)))):x}"
        postgres.execute(f"CREATE DATABASE {name}")
        engine = open_engine(postgres.url(name))
        upgrade(engine)
        if chain is not None:
            chain.write(engine)
        running = serving(postgres.url(name), LIGHTDOM_DASHBOARDS=str(built_pages))
        api = running.__enter__()
        ends.extend(
            [
                lambda: running.__exit__(None, None, None),
                engine.dispose,
                lambda: postgres.execute(f"DROP DATABASE {name} WITH (FORCE)"),
            ]
        )
        return Site(f"http://127.0.0.1:{api.port}/", chain or ChainRows(), engine, api.process.kill)

    yield make
    for end in ends:
        end()


@pytest.fixture(scope="session")
def busy_site(postgres: Postgres, built_pages: Path) -> Iterator[Site]:
    """A month of claims; tests that share it read it only."""
    postgres.execute("CREATE DATABASE busy")
    engine = open_engine(postgres.url("busy"))
    upgrade(engine)
    chain = busy()
    chain.write(engine)
    with serving(postgres.url("busy"), LIGHTDOM_DASHBOARDS=str(built_pages)) as api:
        yield Site(f"http://127.0.0.1:{api.port}/", chain, engine, api.process.kill)
    engine.dispose()
    postgres.execute("DROP DATABASE busy WITH (FORCE)")


@dataclass(slots=True)
class Visit:
    """A page with what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens pages in browser contexts of their own."""
    contexts: list[BrowserContext] = []

    def open_page(url: str, width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", **options)
        contexts.append(context)
        visit = Visit(context.new_page())
        origin = url.split("?")[0].rsplit("/", 1)[0]

        def note(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                visit.complaints.append(message.text)

        def look(request: Request) -> None:
            if not request.url.startswith((origin, "data:", origin.replace("http", "ws", 1))):
                visit.foreign_requests.append(request.url)

        visit.page.on("console", note)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", look)
        visit.page.goto(url)
        return visit

    yield open_page
    for context in contexts:
        context.close()
