"""Selectors match as the browser has it: what we say never matches does not, and what we say surely matches does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimizer.css import Matcher, PageIndex, ScriptNames, Sheet, analyse
from optimizer.native.page_tree import PageTree
from tests.optimizer.chance import a_page, a_selector

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = b"""<!doctype html><html lang=en><div id=x class="a b"><p>one</p><p class=c title="Two words">two<i></i></p>
<ul><li><li data-k=v><li></ul></div><details open></details>"""


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
        yield browser.new_page()
        browser.close()


def matcher(page: bytes = PAGE, *scripts: bytes, unread: bool = False) -> Matcher:
    return Matcher(PageIndex(PageTree(page)), ScriptNames(scripts, unread=unread))


@pytest.mark.parametrize(
    "selector",
    [
        *("a b || c", "p:not(", "p[", "p[=x]", "p..c", "#1", ".1", "p >", "", ",", "p,,i", "p[title=]", "p[title='"),
        *("x|", "(p)", "p{", "@media", "p[title~ =x]", ":", "p::", ":not", ":nth-child(x)", "p:unknown(a b)", "\\"),
    ],
)
def test_what_is_not_understood_may_match(selector: str) -> None:
    assert matcher(b"<!doctype html><p>").may_match(selector.encode())


@pytest.mark.parametrize(
    "selector",
    [
        *("b", ".nothing", "#p", "[hidden]", "p p", "i > p", "li + p", "p ~ div", "p.c.a", "p:not(p)", "div:not(#x)"),
        *("ul:empty", "p:nth-child(3)", "li:nth-child(2n + 4)", "li:nth-last-of-type(-n)", ":is(b, .zz)", "p:root"),
        *('[title="two words"]', "[title^=wo]", "[title~=Two-]", "[data-k|=vv]", "div:has(b)", "p.nothing:hover"),
        *("b::before", ".c\\:d", "p:first-child:last-child", ".nothing > *", "* > .nothing", "ul p:focus"),
    ],
)
def test_what_matches_nothing_is_told(selector: str) -> None:
    assert not matcher().may_match(selector.encode())


@pytest.mark.parametrize(
    "selector",
    [
        *("p", "p:hover", "a:visited, p", "i:empty", "#x>p.c", "html>body>*", ".c::after", "LI", "p + p", "p ~ p"),
        *("[title*=' w']", "[TITLE$=words]", "[title='two words' i]", "li:nth-child(odd)", "li:nth-child(-n+1)"),
        *("div:has(> p)", "div:has(+ details)", ":root", "li:not([data-k])", ":where(.zz, .c)", "p:unknown", "x|p"),
        *("details[open]", "details:not([open])", ":is(p::before, b)", "\\70", ".\\61 ", "p:nth-child(1 of .a)"),
    ],
)
def test_what_may_match_is_kept(selector: str) -> None:
    assert matcher().may_match(selector.encode())


def test_quirks_mode_ignores_case_of_classes_and_ids() -> None:
    page = b"<p class=Intro id=Top>"

    assert matcher(page).may_match(b".INTRO#top")
    assert not matcher(b"<!doctype html>" + page).may_match(b".INTRO")


def test_names_that_scripts_mention_may_be_on_any_element_or_on_none() -> None:
    told = matcher(PAGE, b"el.classList.toggle('open'); x.className = 'is-' + state; y = `${kind}-box`")

    assert told.may_match(b"p.open")
    assert told.may_match(b"p:not(.open)")
    assert told.may_match(b".is-anything")
    assert told.may_match(b"div.red-box > p")
    assert not told.may_match(b".closed")
    assert not told.may_match(b"b.open")


def test_elements_that_scripts_make_may_stand_anywhere_below_what_is_there() -> None:
    told = matcher(PAGE, b"el.innerHTML = '<b class=\"tip\">'")

    assert told.may_match(b"p > b.tip")
    assert told.may_match(b".tip > i")
    assert told.may_match(b"b")
    assert not told.may_match(b".nothing > b.tip")


def test_scripts_may_change_the_order_of_elements() -> None:
    told = matcher(PAGE, b"x")

    for selector in (b"p + div", b"li:nth-child(7)", b"ul:empty", b"details + div"):
        assert told.may_match(selector) == (selector != b"p + div")
        assert not matcher().may_match(selector)


def test_scripts_not_read_may_set_the_usual_states() -> None:
    assert matcher(PAGE, unread=True).may_match(b"p.active")
    assert not matcher(PAGE, unread=True).may_match(b"p.carousel-indicator")


ASK = """([page, selectors]) => {
    const parsed = new DOMParser().parseFromString(page, 'text/html');
    const all = [...parsed.querySelectorAll('*')];
    return selectors.map(selector => {
        try { return all.map(element => element.matches(selector)); } catch (error) { return null; }
    });
}"""


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_we_and_the_browser_agree(tab: Any, seed: int) -> None:
    chance = Random(seed)
    page = a_page(chance)
    selectors = [a_selector(chance) for _ in range(60)]
    index = PageIndex(PageTree(page.encode()))
    ours = Matcher(index, ScriptNames())
    judged = 0

    for selector, matched in zip(selectors, tab.evaluate(ASK, [page, selectors]), strict=True):
        told = ours.select(selector.encode())
        if matched is None or told is None:
            continue  # one of us does not know it, so it stays
        judged += 1
        assert len(index) == len(matched)
        may = {element for element, _ in told}
        surely = {element for element, is_sure in told if is_sure}
        found = {place for place, is_match in enumerate(matched) if is_match}
        assert surely <= found <= may, selector
    assert judged > 30


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("p{padding:5px;padding:.5rem}", "p{padding:.5rem}"),
        ("p{width:calc(1px + 1vw);width:9%}", "p{width:9%}"),
        ("p{color:red!important;color:#fff}", "p{color:red!important;color:#fff}"),
        ("p{color:red;color:#fff!important}", "p{color:#fff!important}"),
        ("p{color:#fff}b{color:red}p{color:#000}", "b{color:red}p{color:#000}"),
        ("p{width:5px;width:9vw}", "p{width:5px;width:9vw}"),  # not every browser knows it
        ("p{width:5px;width:-9px}", "p{width:5px;width:-9px}"),  # void
        ("p{width:5px;width:9}", "p{width:5px;width:9}"),
        ("p{width:5px;width:1px 2px}", "p{width:5px;width:1px 2px}"),
        ("p{color:red;color:#ffff}", "p{color:red;color:#ffff}"),
        ("p{margin-left:5px;margin:0}", "p{margin-left:5px;margin:0}"),
        ("p{color:red;@media print{b{top:0}}color:#fff}", "p{color:red;@media print{b{top:0}}color:#fff}"),
    ],
)
def test_an_earlier_declaration_goes_where_every_browser_takes_a_later_one(style: str, expected: str) -> None:
    text = style.encode()
    (edits,) = analyse([Sheet(text)], [PageIndex(PageTree(b"<p><b>x"))], ScriptNames()).edits
    for start, end, replacement, _, _ in reversed(edits):
        text = text[:start] + replacement + text[end:]

    assert text.decode() == expected


@pytest.mark.parametrize("text", [b'"$1js-enabled$2"', b"'$1js-enabled'", b'"$2js-" + state'])
def test_a_name_behind_the_number_of_what_a_replacement_found_is_mentioned(text: bytes) -> None:
    names = ScriptNames([b"root.className = root.className.replace(/(^| )no-js( |$)/, " + text + b")"])

    assert names.mentions(b"js-enabled")
    assert not names.mentions(b"js-disabled") or b"+" in text
