"""The point of it all: a lighter page looks the same, at both levels, in every state, with scripts off and on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import optimizer
from optimizer.render import Browser, Rendered, browser_absent

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "pages" / "public"
# Those that lose most of what is proven; LIGHTDOM_RENDER_ALL=1 judges the whole corpus, as bench/render.py does.
JUDGED = ("tpl-sbadmin2",)
pytestmark = pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all pages, as in use."""
    with Browser() as started:
        yield started


def test_an_example_looks_the_same(browser: Browser, example: Path) -> None:
    page = Rendered(example.read_bytes())

    # What safe leaves out of it, max does too; the corpus is judged at both (bench/render.py, and deep below).
    comparison = browser.compare(page, optimizer.optimize(page.page, level="max").optimized)

    assert comparison.judged
    assert comparison.differences == ()


@pytest.mark.deep
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in CORPUS.glob("*.html")) if "LIGHTDOM_RENDER_ALL" in os.environ else JUDGED
)
def test_a_saved_page_looks_the_same(browser: Browser, name: str) -> None:
    if not (CORPUS / f"{name}.html").exists():
        pytest.skip("../shared/pages/public is not there")
    page = Rendered((CORPUS / f"{name}.html").read_bytes())

    for level in optimizer.Level:
        comparison = browser.compare(page, optimizer.optimize(page.page, level=level).optimized, scripts=False)

        assert comparison.differences == ()
