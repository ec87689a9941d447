"""What the render check sees, what it cannot be talked into, and what it survives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from optimizer.errors import BrowserFailedError, RenderTimedOutError
from optimizer.render import Browser, browser_absent
from optimizer.render.locate import NAMES
from optimizer.render.states import SCRIPTED, STATES, State
from scripts.bootstrap import browser as bootstrap

pytestmark = pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))
HEAD = b"<!doctype html><meta charset=utf-8><title>t</title>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


def states(*names: str) -> tuple[State, ...]:
    return tuple(state for state in (*STATES, *SCRIPTED) if state.name in names)


def test_nothing_is_rendered_where_no_browser_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("LIGHTDOM_CHROMIUM", raising=False)

    assert "install" in (browser_absent() or "")


def test_the_bootstrap_looks_for_the_same_browsers() -> None:
    assert bootstrap.NAMES == NAMES


@pytest.mark.parametrize(
    ("state", "page", "lighter"),
    [
        ("1280", "<style>p{white-space:pre}</style><p>a   b", "<style>p{white-space:pre}</style><p>a b"),
        ("1280", "<p style='color:red'>a", "<p>a"),
        ("1280", "<p style='visibility:hidden'>a", "<p>a"),
        ("1280", "<p>a<p>b", "<p>a"),
        ("1280", "<div style='height:9px;background:red'></div>", "<div style='height:9px'></div>"),
        ("1280", "<div style='clip-path:circle(9px);background:red'>a</div>", "<div style='background:red'>a</div>"),
        ("1280", "<input value=a>", "<input value=b>"),
        ("390", "<style>@media(max-width:400px){p{margin:9px}}</style><p>a", "<p>a"),
        ("768", "<style>@media(min-width:700px) and (max-width:800px){p{color:red}}</style><p>a", "<p>a"),
        ("1920", "<style>@media(min-width:1900px){p{color:red}}</style><p>a", "<p>a"),
        ("print", "<style>@media print{p{display:none}}</style><p>a", "<p>a"),
        ("dark", "<style>@media(prefers-color-scheme:dark){p{color:red}}</style><p>a", "<p>a"),
        ("hover", "<style>p:hover{color:red}</style><p>a", "<p>a"),
        ("hover", "<style>.b\\:hover{color:red}p:hover .b\\:hover{color:red}</style><p><i class=b:hover>a", "<p><i>a"),
        ("hover", "<style>p:hover+i{color:red}</style><p>a</p><i>b</i>", "<p>a</p><i>b</i>"),
        (
            "moving",
            "<style>@keyframes k{0%{color:red}99%{color:blue}}p{animation:k 20s}</style><p>a",
            "<style>@keyframes k{0%{color:red}99%{color:red}}p{animation:k 20s}</style><p>a",
        ),
        (
            "hover",
            "<style>i:hover{color:red}</style>" + "<i>a</i>" * 900 + "<i>b",
            "<style>i:hover:not(:last-child){color:red}</style>" + "<i>a</i>" * 900 + "<i>b",
        ),
        (
            "hover",
            "<style>div:is(:hover,.x) i{color:red}</style><div><i>a",
            "<style>div:is(.x) i{color:red}</style><div><i>a",
        ),
        ("1280 scripts", "<script>document.write('<b>a')</script>", "<script>document.write('<i>a')</script>"),
    ],
)
def test_a_change_that_shows_is_seen(browser: Browser, state: str, page: str, lighter: str) -> None:
    comparison = browser.compare(
        HEAD + page.encode(), HEAD + lighter.encode(), scripts="scripts" in state, states=states(state)
    )

    assert comparison.judged
    assert not comparison.same
    assert {each.state for each in comparison.differences} == {state}


def test_what_does_not_show_is_no_difference(browser: Browser) -> None:
    page = HEAD + b"<style>.x{color:red}</style><div>  <!-- a -->\n\n<p class=y>a   b</p></div>"
    lighter = HEAD + b"<div><p>a b</p></div>"

    comparison = browser.compare(page, lighter)

    assert comparison.judged
    assert comparison.differences == ()
    assert comparison.states == tuple(state.name for state in (*STATES, *SCRIPTED))


def test_a_rule_that_matches_nothing_changes_nothing_that_is_pointed_at(browser: Browser) -> None:
    rules = b"<style>a:hover .never{color:red}div:hover > a:hover{color:blue}i:hover{color:red}</style>"
    page = HEAD + rules + b"<i>b</i>" * 300 + b"<div><a>a</a></div>" * 300

    assert browser.compare(page, page.replace(b"a:hover .never{color:red}", b""), scripts=False).same


def test_a_picture_written_in_another_way_is_no_difference(browser: Browser) -> None:
    page = HEAD + b"<style>p{background:url(data:image/svg+xml;base64,%s)}</style><p>a"
    circle = b"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxjaXJjbGUgcj0iOSIvPjwvc3ZnPg=="
    square = b"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxyZWN0IHdpZHRoPSI5OTkiIGhlaWdodD0iOTkiLz48L3N2Zz4="
    written = b"\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><circle r='9'/></svg>\""
    other = (page % circle).replace(b"data:image/svg+xml;base64," + circle, written)

    assert browser.compare(page % circle, other, scripts=False).same
    assert not browser.compare(page % circle, page % square, scripts=False).same


def test_a_page_that_differs_from_itself_is_not_judged(browser: Browser) -> None:
    page = HEAD + b"<p><script>document.write(new Event('a').timeStamp)</script>"

    comparison = browser.compare(page, page.replace(b"<p>", b"<p class=b>"), scripts=True, states=states("390 scripts"))

    assert not comparison.judged
    assert comparison.differences == ()
    assert comparison.unstable


def test_time_and_chance_stand_still(browser: Browser) -> None:
    page = HEAD + b"<p><script>document.write([new Date, Date.now(), performance.now(), Math.random()])</script>"

    assert browser.compare(page, page, scripts=True, states=states("390 scripts")).judged


def test_timers_run_in_their_order_after_loading_and_not_for_ever(browser: Browser) -> None:
    page = HEAD + b"<p></p><script>const put = what => document.querySelector('p').append(what + ' ');"
    page += b"setTimeout(put, 1500, 'e');setTimeout('put(`b`)', 20);setTimeout(() => put('late'), 2500);"
    page += b"requestAnimationFrame(() => put('a'));clearTimeout(setTimeout(put, 9, 'never'));"
    page += (
        b"let times = 0; const every = setInterval(() => { put(++times); if (times == 3) clearInterval(every) }, 400);"
    )
    page += b"onload = () => put('loaded')</script>"

    told = browser.visit(page, lambda tab: tab.call("() => document.querySelector('p').textContent"), scripts=True)

    assert told == "loaded a b 1 2 3 e "


def test_a_transition_that_the_picture_starts_is_not_seen(browser: Browser) -> None:
    page = HEAD + b"<style>p{transition:all 9s;margin:0}@media(min-height:2000px){p{margin:90px}}</style><p>a"
    page += b"<div style=height:4000px>"

    assert browser.compare(page, page + b" ", scripts=False, states=states("1280", "390")).same


def test_a_page_reaches_no_server(browser: Browser, server: Any) -> None:
    at = server.url().encode()
    page = HEAD + b"<link rel=stylesheet href=%s><img src=%s><iframe src=%s></iframe>" % (at, at, at)
    page += b"<script>fetch('%s');new WebSocket('%s');navigator.sendBeacon('%s')</script>" % (
        at,
        at.replace(b"http", b"ws"),
        at,
    )

    browser.compare(page, page, scripts=True, states=states("390 scripts"))

    assert server.requests == []


def test_a_page_reads_no_file(browser: Browser) -> None:
    page = HEAD + b"<iframe src=file:///etc/passwd></iframe><script>location='file:///etc/passwd'</script><p>here"

    told = browser.visit(
        page, lambda tab: (tab.call("() => document.body.innerText"), tab.call("() => location.href")), scripts=True
    )

    assert "here" in told[0]
    assert told[1].startswith("http://page.")


def test_a_page_leaves_neither_by_refresh_nor_popup_nor_dialog(browser: Browser) -> None:
    page = HEAD + b"<meta http-equiv=refresh content=0;url=http://a.example/><p>here<script>alert(1);confirm(2);"
    page += b"open('/a');document.body.append(prompt('b'))</script>"

    assert "here" in browser.visit(page, lambda tab: tab.call("() => document.body.innerText"), scripts=True)


def test_linked_files_are_answered_from_memory(browser: Browser) -> None:
    page = HEAD + b"<link rel=stylesheet href=/a.css><p>a"
    files = {"http://page.lightdom.example/a.css": b"p{color:red}"}

    same = browser.compare(page, page, files=files, lighter_files=dict.fromkeys(files, b"p{color:#f00}"), scripts=False)
    other = browser.compare(page, page, files=files, lighter_files=dict.fromkeys(files, b"p{}"), scripts=False)

    assert same.same
    assert not other.same


def test_a_page_that_hangs_is_given_up_and_the_next_one_is_judged() -> None:
    with Browser(page_seconds=3) as browser:
        hanging = browser.compare(HEAD + b"<script>for(;;);</script>", b"a", scripts=True, states=states("390 scripts"))
        browser._page_seconds = 60  # the next one may take its time on a busy machine
        fine = browser.compare(HEAD, HEAD, scripts=False, states=states("390"))

    assert not hanging.judged
    assert hanging.unstable[0].kind == "failed"
    assert fine.judged


def test_a_browser_that_died_is_started_again(browser: Browser) -> None:
    import os
    import signal

    browser.compare(HEAD, HEAD, scripts=False, states=states("390"))
    assert browser._wire is not None
    assert browser._wire._pid is not None
    os.kill(browser._wire._pid, signal.SIGKILL)

    assert browser.compare(HEAD, HEAD, scripts=False, states=states("390")).judged


def test_a_browser_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGHTDOM_CHROMIUM", "/bin/false")

    with Browser() as browser, pytest.raises((BrowserFailedError, RenderTimedOutError)):
        browser.facts(HEAD)


def test_facts_follow_the_tree(browser: Browser) -> None:
    page = HEAD + b"<style>@media(max-width:400px){i{display:none}}</style><template><u>a</u></template>"
    page += b"<div><i>a</i><b hidden>c</b></div><p style=width:9px>d"

    facts = browser.facts(page)

    tags = [element.tag for element in facts.elements]
    assert tags == ["html", "head", "meta", "title", "style", "body", "template", "div", "i", "b", "p"] or tags == [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "template",
        "body",
        "div",
        "i",
        "b",
        "p",
    ]
    by_tag = {element.tag: element for element in facts.elements}
    assert set(by_tag["i"].shown) == {"1280", "768", "1920", "print", "dark"}
    assert by_tag["b"].is_hidden
    assert by_tag["p"].shown["390"].box[2] == 9
    assert facts.elements[by_tag["i"].parent].tag == "div"
