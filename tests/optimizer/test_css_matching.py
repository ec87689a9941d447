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

from optimizer.css import Matcher, PageIndex, ScriptNames
from optimizer.native.page_tree import PageTree

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = b"""<!doctype html><html lang=en><div id=x class="a b"><p>one</p><p class=c title="Two words">two<i></i></p>
<ul><li><li data-k=v><li></ul></div><details open></details>"""

TAGS = ["div", "p", "ul", "li", "i", "a", "svg", "table", "td", "template", "section", "DIV"]
CLASSES = ["a", "b", "c", "A", "d-e", "d_f", "md:x", "ü"]
IDS = ["x", "y", "X"]
ATTRIBUTES = ["title", "data-k", "type", "lang", "href", "class", "id"]
VALUES = ["", "v", "V", "v w", "v-w", "Two words", "text", "TEXT"]


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


def a_page(chance: Random) -> str:
    """A page of nested elements with names from a small set, in quirks mode or not."""
    written = [chance.choice(["", "<!doctype html>"])]
    for _ in range(chance.randint(1, 25)):
        if chance.random() < 0.25:
            written.append(chance.choice(["</div>", "</p>", "</ul>", "</section>", "</svg>", "text", " ", "<!--c-->"]))
            continue
        tag = f"<{chance.choice(TAGS)}"
        if chance.random() < 0.5:
            tag += f' class="{" ".join(chance.sample(CLASSES, chance.randint(0, 3)))}"'
        if chance.random() < 0.25:
            tag += f' id="{chance.choice(IDS)}"'
        if chance.random() < 0.5:
            tag += f' {chance.choice(ATTRIBUTES[:5])}="{chance.choice(VALUES)}"'
        written.append(tag + ">")
    return "".join(written)


def a_compound(chance: Random, depth: int) -> str:
    written = chance.choice(["", "*", *TAGS])
    for _ in range(chance.randint(0 if written else 1, 2)):
        kind = chance.randint(0, 5 if depth else 3)
        if kind == 0:
            written += "." + chance.choice(CLASSES).replace(":", "\\:")
        elif kind == 1:
            written += "#" + chance.choice(IDS)
        elif kind == 2:
            sign = chance.choice(["", "=", "~=", "|=", "^=", "$=", "*="])
            value = f'{sign}"{chance.choice(VALUES)}"{chance.choice(["", " i", " s"])}' if sign else ""
            written += f"[{chance.choice(ATTRIBUTES)}{value}]"
        elif kind == 3:
            place = chance.choice(["nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"])
            step = f"{place}({chance.randint(-3, 3)}n{chance.randint(-3, 4):+d})"
            simple = ["first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"]
            written += ":" + chance.choice([*simple, "root", "empty", step, f"{place}(odd)"])
        else:
            inner = ", ".join(a_selector(chance, depth - 1) for _ in range(chance.randint(1, 2)))
            lead = chance.choice(["", "> ", "+ ", "~ "])
            written += f":has({lead}{inner})" if kind == 5 else f":{chance.choice(['is', 'not', 'where'])}({inner})"
    return written


def a_selector(chance: Random, depth: int = 1) -> str:
    written = a_compound(chance, depth)
    for _ in range(chance.randint(0, 2)):
        written += chance.choice([" ", " > ", "+", " ~ "]) + a_compound(chance, depth)
    return written


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
