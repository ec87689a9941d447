"""A page comes out looking as it went in, whatever the passes got wrong about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optimizer.checked import optimize_checked
from optimizer.errors import BrowserAbsentError
from optimizer.render import PAGE_URL, Browser, browser_absent
from optimizer.source import source_of
from optimizer.work import Looking, work_on

needs_browser = pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))
HEAD = b"<!doctype html><title>t</title><link rel=stylesheet href=/a.css>"
# The passes do not read linked sheets: white space that shows there is taken for white space that does not.
FILES = {PAGE_URL + "a.css": b".x{white-space:pre}"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


def test_looking_without_a_browser_is_refused_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.work.browser_absent", lambda: "there is none")

    with pytest.raises(BrowserAbsentError):
        Looking(True)
    with pytest.raises(BrowserAbsentError):
        Looking(None, runs_scripts=True)


def test_a_page_that_nobody_looked_at_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(b"<!doctype html><p>a", "page.html", "file")
    with Looking(False) as looking:
        assert work_on(source, level="max", looking=looking).checked.status == "off"

    monkeypatch.setattr("optimizer.work.browser_absent", lambda: "there is none")
    with Looking(None) as looking:
        checked = work_on(source, level="max", looking=looking).checked
    assert (checked.status, checked.reason) == ("unavailable", "there is none")


@needs_browser
def test_what_shows_is_left_out(browser: Browser) -> None:
    page = HEAD + b"<p>a</p><!-- two words --><p>b</p><div class=x>c   d</div>"

    checked = optimize_checked(page, browser, level="max", files=FILES)

    assert checked.status == "same"
    assert b"c   d" in checked.result.optimized
    assert b"two words" not in checked.result.optimized
    assert checked.taken_out
    assert checked.differences
    assert browser.compare(page, checked.result.optimized, files=FILES).same


@needs_browser
def test_a_name_that_only_running_tells_counts_as_used() -> None:
    page = b"<!doctype html><title>t</title><style>.zebra{color:red}.never{color:blue}</style><p>a</p>"
    page += b"<script>if (innerWidth < 0) document.body.className = 'b'; eval(atob("
    page += b"'ZG9jdW1lbnQuYm9keS5jbGFzc0xpc3QuY29udGFpbnMoJ3plYnJhJyk='))</script>"  # asks for the class zebra
    source = source_of(page, "page.html", "stdin")

    with Looking(False, runs_scripts=True) as looking:
        run = work_on(source, level="max", looking=looking).checked.result.optimized
    with Looking(False) as looking:
        read = work_on(source, level="max", looking=looking).checked.result.optimized

    assert b"zebra" in run
    assert b".never" not in run
    assert b"zebra" not in read


@needs_browser
def test_what_no_trial_is_left_for_stays_out(browser: Browser) -> None:
    page = HEAD + b"<p>a</p><!-- two words --><p>b</p><div class=x>c   d</div>"

    checked = optimize_checked(page, browser, level="max", files=FILES, most_trials=0)

    assert checked.status == "same"
    assert checked.untried
    assert checked.trials == 0
    assert browser.compare(page, checked.result.optimized, files=FILES, scripts=False).same


@needs_browser
def test_a_page_that_differs_from_itself_is_told(browser: Browser) -> None:
    page = HEAD + b"<p>x   y</p><i></i><script>document.write(new Event('a').timeStamp)</script>"

    checked = optimize_checked(page, browser, level="max")

    assert checked.status == "unjudged"
    assert {each.state for each in checked.unstable} <= {"1280 scripts", "390 scripts"}
    assert "1280" in checked.states
    assert checked.taken_out == ()
