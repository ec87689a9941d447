"""Whatever goes from a sheet, the browser computes the same styles: in print, in the dark, narrow, and hovered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimizer import css
from optimizer.native.page_tree import PageTree
from tests.optimizer.chance import a_page, a_sheet

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# A state that all elements are in, of the weight that a pseudo-class has.
ALWAYS = ":not(.never)"
ASK = """async ([pages, widths]) => {
    const read = async (page, width) => {
        const frame = document.createElement('iframe');
        frame.style.cssText = `width:${width}px;height:600px;border:0`;
        frame.srcdoc = page;
        await new Promise(done => { frame.onload = done; document.body.append(frame); });
        const told = [];
        for (const element of frame.contentDocument.querySelectorAll('*')) {
            for (const pseudo of [null, '::before', '::after', '::marker']) {
                const style = frame.contentWindow.getComputedStyle(element, pseudo);
                if (pseudo && style.content === 'none') { told.push(''); continue; }
                const names = [...style].filter(name => !name.startsWith('--'));
                told.push(names.map(name => `${name}:${style.getPropertyValue(name)}`).join(';'));
            }
        }
        frame.remove();
        return told;
    };
    for (const width of widths) {
        for (let place = 0; place < pages.length; place += 2) {
            const [before, after] = [await read(pages[place], width), await read(pages[place + 1], width)];
            if (before.length !== after.length) return ['length', before.length, after.length];
            const differs = before.findIndex((style, index) => style !== after[index]);
            if (differs >= 0) {
                const [a, b] = [before[differs].split(';'), after[differs].split(';')];
                const [gone, new_] = [a.filter(x => !b.includes(x)), b.filter(x => !a.includes(x))];
                return [width, place, Math.floor(differs / 4), gone, new_];
            }
        }
    }
    return null;
}"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    """A tab of the system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install the package chromium, or set CHROMIUM")
    sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        )
        context = browser.new_context(offline=True)
        yield context.new_page()
        browser.close()


def lighter(sheet: str, page: str) -> str:
    """The sheet with its edits for this page applied."""
    index = css.PageIndex(PageTree(placed(sheet, page).encode()))
    text = sheet.encode()
    (edits,) = css.analyse([css.Sheet(text)], [index], css.ScriptNames()).edits
    pieces, begin = [], 0
    for start, end, replacement, _, _ in edits:
        assert begin <= start < end
        pieces += [text[begin:start], replacement]
        begin = end
    return b"".join([*pieces, text[begin:]]).decode()


def placed(sheet: str, page: str) -> str:
    """The page with the sheet in front; elements before body go into head."""
    doctype = "<!doctype html>" if page.startswith("<!doctype html>") else ""
    # A sheet may show all elements, and so its own text, which is another one after: keep it hidden.
    return f"{doctype}<style style='display:none!important'>{sheet}</style><body>{page.removeprefix(doctype)}"


def in_all_states(sheet: str) -> str:
    return sheet.replace(":hover", ALWAYS).replace(":focus-visible", ALWAYS)


def difference(tab: Any, sheet: str, page: str) -> Any:
    """What differs between the page and itself with the lighter sheet; None: nothing."""
    small = lighter(sheet, page)
    pages = [placed(each, page) for each in (sheet, small, in_all_states(sheet), in_all_states(small))]
    for media, scheme, widths in (
        ("screen", "light", [800, 390]),
        ("print", "light", [800]),
        ("screen", "dark", [800]),
    ):
        tab.emulate_media(media=media, color_scheme=scheme)
        found = tab.evaluate(ASK, [pages, widths])
        if found is not None:
            return media, scheme, found, small
    return None


def test_what_must_not_go_would_be_seen(tab: Any) -> None:
    page = "<!doctype html><p class=a>x"

    assert tab.evaluate(ASK, [[placed(".a{color:red}", page), placed("", page)], [800]]) is not None


def test_optimizing_again_changes_nothing() -> None:
    for seed in range(200):
        chance = Random(seed)
        page, sheet = a_page(chance), a_sheet(chance) + a_sheet(chance)
        small = lighter(sheet, page)

        assert lighter(small, page) == small


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_computed_styles_stay(tab: Any, seed: int) -> None:
    chance = Random(seed)
    page, sheet = a_page(chance), a_sheet(chance) + a_sheet(chance)

    assert difference(tab, sheet, page) is None, (sheet, page)
