"""The point of it all: a lighter page looks the same, pixel by pixel, at both levels and two widths.

Scripts are off and the network is blocked.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import optimizer

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "pages" / "public"
# Those that lose most at this rule set; LIGHTDOM_RENDER_ALL=1 judges the whole corpus.
JUDGED = ("doc-git", "tpl-sbadmin2", "servo-qq")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install the package chromium, or set CHROMIUM")
sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, driven by Playwright."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        )
        yield started
        started.close()


def picture(browser: Any, page: bytes, width: int) -> bytes:
    """The pixels of a page's first 5000 rows."""
    with browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=False, reduced_motion="reduce"
    ) as context:
        tab = context.new_page()
        address = "http://page.lightdom.example/"
        # Playwright hands over the page itself; nothing else is answered.
        context.route("**/*", lambda route: route.abort())
        tab.route(address, lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
        tab.goto(address, wait_until="load")
        height = min(5000, int(tab.locator("html").bounding_box()["height"] or 900))
        return pixels(
            tab.screenshot(
                full_page=True,
                animations="disabled",
                caret="hide",
                clip={"x": 0, "y": 0, "width": width, "height": max(1, height)},
            )
        )


def looks_like(browser: Any, lighter: bytes, page: bytes, width: int) -> bool:
    """Whether one picture of both pages is the same.

    Painting races with loading on a busy machine, and saved pages were seen to differ from themselves by two pictures
    that come up now and then: the lighter page must show one that the page itself shows.
    """
    of_page: set[bytes] = set()
    of_lighter: set[bytes] = set()
    for _ in range(5):
        of_page.add(picture(browser, page, width))
        of_lighter.add(picture(browser, lighter, width))
        if of_page & of_lighter:
            return True
    return False


def pixels(png: bytes) -> bytes:
    """Header and unpacked rows of a PNG: two equal pictures may be packed differently."""
    place, packed = 8, b""
    while place < len(png):
        (size,) = struct.unpack_from(">I", png, place)
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + size]
        place += 12 + size
    return png[16:29] + zlib.decompress(packed)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_example_looks_the_same(browser: Any, example: Path, width: int) -> None:
    page = example.read_bytes()

    for level in optimizer.Level:
        assert looks_like(browser, optimizer.optimize(page, level=level).optimized, page, width)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in CORPUS.glob("*.html")) if "LIGHTDOM_RENDER_ALL" in os.environ else JUDGED
)
def test_a_saved_page_looks_the_same(browser: Any, name: str, width: int) -> None:
    if not (CORPUS / f"{name}.html").exists():
        pytest.skip("../shared/pages/public is not there")
    page = (CORPUS / f"{name}.html").read_bytes()

    for level in optimizer.Level:
        assert looks_like(browser, optimizer.optimize(page, level=level).optimized, page, width)


def test_what_the_optimizer_must_not_do_would_be_seen(browser: Any) -> None:
    page = b"<!doctype html><style>p{white-space:pre}</style><p>a   b</p>"

    assert picture(browser, page, 390) != picture(browser, page.replace(b"   ", b" "), 390)
