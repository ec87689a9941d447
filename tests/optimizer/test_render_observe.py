"""What `--run` learns of a page by running its scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optimizer.render import Browser, browser_absent, observe

pytestmark = pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


def test_names_that_are_put_together_at_run_time_are_seen(browser: Browser) -> None:
    page = b"""<!doctype html><style>.ab{color:red}.never{color:blue}</style><p id=p>a</p><script>
    const p = document.getElementById('p'); p.classList.add(['a', 'b'].join(''));
    document.querySelector('.x' + 'y > i'); p.setAttribute('data-' + 'q', 1);
    p.insertAdjacentHTML('beforeend', '<b class=' + 'in' + 'ner>x</b>');
    function idle() { return 'a long function that nobody calls, ' + p; }
    </script>"""

    observed = observe(browser, page)

    assert {"ab", "xy", "i", "data-q", "inner", "b", "p"} <= observed.used
    assert "never" not in observed.used
    assert 0 < observed.css_used_bytes < observed.css_bytes
    assert 0 < observed.script_used_bytes < observed.script_bytes


def test_a_page_that_breaks_the_record_only_loses_its_own(browser: Browser) -> None:
    page = b"<!doctype html><script>JSON.stringify = () => '[[[{}], 7'; Set.prototype.add = () => { throw 1 }</script>"

    assert observe(browser, page).names == frozenset()
