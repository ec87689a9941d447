"""The page `/` in a browser: what it shows in each state, and that it can be used by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.api.chain_rows import account, digest
from tests.dashboards.conftest import Site, Visit
from tests.dashboards.scenes import demo

WIDTHS = (390, 768, 1280)


def _wait(page: Page) -> None:
    expect(page.locator(".claim").first).to_be_visible(timeout=30_000)
    expect(page.locator(".chart canvas")).to_be_visible(timeout=30_000)


def _point_at_the_chart(page: Page) -> None:
    # The chart listens from its first frame on; on a busy machine that may come after the pointer.
    for x in range(120, 240, 10):
        page.locator(".chart canvas").hover(position={"x": x, "y": 120})
        if page.locator(".chart-tip").is_visible():
            return
        page.wait_for_timeout(250)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_without_complaint_and_asks_nobody_else(
    busy_site: Site, visit: Callable[..., Visit], width: int, theme: str
) -> None:
    busy_site.seen()
    seen = visit(busy_site.url, width, color_scheme=theme)
    _wait(seen.page)
    _point_at_the_chart(seen.page)
    expect(seen.page.locator(".chart-tip")).to_contain_text("in all")
    widths = seen.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")

    assert seen.complaints == []
    assert seen.foreign_requests == []
    assert widths[0] <= widths[1]


def test_its_figures_are_those_of_the_api(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    totals = page.evaluate(
        """async () => (await (await fetch("/graphql", {
            method: "POST", headers: {"content-type": "application/json"},
            body: JSON.stringify({query: "{ totals { savedBytes pages statusCounts { status count } } }"}),
        })).json()).data.totals"""
    )
    counts = {row["status"]: row["count"] for row in totals["statusCounts"]}

    assert page.locator(".figure").inner_text() == f"{int(totals['savedBytes']) / 1024**2:.2f}"
    assert f"{totals['pages']} pages" in page.locator(".headline-words").inner_text()
    expect(page.locator(".tile", has_text="Claims final").locator(".tile-value")).to_have_text(str(counts["FINALIZED"]))
    expect(page.locator(".tile", has_text="Claims slashed").locator(".tile-value")).to_have_text(str(counts["SLASHED"]))


def test_a_new_block_moves_it_without_a_reload(site_of: Callable[..., Site], visit: Callable[..., Visit]) -> None:
    site = site_of(demo())
    seen = visit(site.url)
    _wait(seen.page)
    expect(seen.page.locator(".claim")).to_have_count(4)
    site.chain.next_block()
    site.chain.reveal("live", account(3), digest("a domain that nobody registered"))
    site.chain.write(site.engine)

    expect(seen.page.locator(".claim")).to_have_count(5, timeout=10_000)
    expect(seen.page.locator(".chain")).to_contain_text(str(site.chain.number))
    expect(seen.page.locator(".claim").first).to_contain_text("Open")
    assert seen.complaints == []


def test_an_empty_chain_says_how_to_make_the_first_claim(
    site_of: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    seen = visit(site_of(None).url)

    expect(seen.page.get_by_text("lightdom claim https://your.site/")).to_be_visible(timeout=30_000)
    expect(seen.page.get_by_text("Nothing is indexed yet.")).to_be_visible()
    assert seen.complaints == []


def test_an_indexer_that_lags_or_falls_silent_is_told(
    site_of: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    site = site_of(demo())
    site.seen(blocks_ahead=12)
    page = visit(site.url).page
    _wait(page)
    expect(page.locator(".chain")).to_contain_text("12 blocks behind")
    expect(page.locator(".notice")).to_contain_text("The indexer is behind.")
    site.seen(seconds_ago=120)
    page.reload()
    expect(page.locator(".chain")).to_contain_text("indexer silent for 2 min")
    site.seen()

    expect(page.locator(".chain")).to_contain_text("live", timeout=30_000)


def test_an_api_that_stops_is_told_and_the_last_figures_stay(
    site_of: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    site = site_of(demo())
    page = visit(site.url).page
    _wait(page)
    site.stop()

    expect(page.get_by_role("alert")).to_contain_text("The API does not answer.", timeout=30_000)
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    expect(page.locator(".claim")).to_have_count(4)


def test_a_claim_opens_by_keyboard_and_closes_by_escape(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    link = page.locator(".claim a").first
    link.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")

    expect(drawer.get_by_role("heading", level=3).first).to_be_visible()
    assert re.search(r"\?claim=0x[0-9a-f]{64}$", page.url)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    assert "claim=" not in page.url
    expect(link).to_be_focused()


def test_a_slashed_claim_says_what_was_proven(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    page.get_by_role("group", name="Status").get_by_role("button", name="Slashed").click()
    expect(page.locator(".claim .pill").first).to_have_text("Slashed")
    expect(page.locator(".claim:not([data-status=SLASHED])")).to_have_count(0)
    page.locator(".claim").first.click()

    expect(page.locator(".timeline")).to_contain_text("proved that")
    expect(page.get_by_role("dialog")).to_contain_text("To the challenger")


def test_a_link_to_a_claim_opens_it_and_back_closes_it(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    page.locator(".reward-amount").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    address = page.url
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(address)

    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_link_to_a_claim_that_is_not_there_says_so(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(f"{busy_site.url}?claim=0x{'12' * 32}").page

    expect(page.get_by_role("dialog")).to_contain_text("No claim 0x1212", timeout=30_000)


def test_pages_of_claims_turn_forward_and_back(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    ids = page.locator(".claim .claim-id")
    first = ids.all_inner_texts()
    page.get_by_role("button", name="More").click()
    expect(ids.first).not_to_have_text(first[0])
    second = ids.all_inner_texts()
    page.get_by_role("button", name="Back").click()
    expect(ids.first).to_have_text(first[0])

    assert set(first).isdisjoint(second)
    assert ids.all_inner_texts() == first


def test_a_host_filters_the_claims_even_when_a_whole_url_is_pasted(
    busy_site: Site, visit: Callable[..., Visit]
) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    page.get_by_placeholder("Host, such as").fill("https://people.example/somebody?x=1")

    expect(page.locator(".claim-page a", has_not_text="people.example")).to_have_count(0)
    expect(page.locator(".card-claims .card-note")).to_contain_text("match")


def test_the_theme_is_kept_and_set_before_the_first_paint(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url, color_scheme="light").page
    _wait(page)
    page.get_by_role("button", name="Use the dark theme").click()
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.reload(wait_until="domcontentloaded")

    assert dark == "rgb(12, 18, 16)"
    assert page.evaluate(ground) == dark


def test_every_control_has_a_name_and_the_page_its_landmarks(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url).page
    _wait(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the figures")).to_be_focused()

    assert (
        page.evaluate("""[...document.querySelectorAll("a, button, input, select")]
        .filter((control) => !(control.ariaLabel || control.innerText?.trim() || control.labels?.length))
        .map((control) => control.outerHTML)""")
        == []
    )
    assert page.evaluate("""[...document.querySelectorAll("svg:not([aria-hidden]), img:not([alt])")].length""") == 0
    assert (
        page.evaluate("""[...document.querySelectorAll("[id]")].map((element) => element.id)
        .filter((id, place, all) => all.indexOf(id) !== place)""")
        == []
    )
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("table", name="Claims").get_by_role("row")).to_have_count(11)
    expect(page.get_by_role("status").first).to_contain_text("Block")


def test_reduced_motion_stops_what_moves(busy_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(busy_site.url, reduced_motion="reduce").page
    _wait(page)

    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.dot')).animationDuration)") < 0.001
