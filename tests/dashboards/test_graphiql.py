"""GraphiQL from this server alone, under the same policy as every page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.dashboards.conftest import Site, Visit


def test_graphiql_runs_an_example_offline_and_without_complaint(busy_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(f"{busy_site.url}graphql", 1400)
    run = seen.page.get_by_role("button", name="Execute query")
    expect(run).to_be_visible(timeout=30_000)
    # Its editors are loaded in parts; a click before the last would run an empty document.
    expect(seen.page.locator(".graphiql-query-editor")).to_contain_text("query Latest", timeout=30_000)
    seen.page.wait_for_load_state("networkidle")
    run.click()

    expect(seen.page.locator(".result-window")).to_contain_text("totalCount", timeout=30_000)
    expect(seen.page.get_by_role("tab")).to_have_count(5)
    assert seen.complaints == []
    assert seen.foreign_requests == []
