"""Wrappers go where their box is their only child's, and nothing can tell."""

# ruff: noqa: E501 (a case stays on its line)

from __future__ import annotations

import pytest

import optimizer
from optimizer.render import Browser, Rendered, browser_absent

HEAD = "<!doctype html><title>t</title>"


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize((HEAD + page).encode(), level=level).optimized.decode().removeprefix(HEAD)


@pytest.mark.parametrize("page", [
    "<div>a</div>", "<div><span>a</span></div>", "<div><p>a</p>b</div>", "<div><p>a</p><p>b</p></div>",
    "<div><!--[if IE]>x<![endif]--><p>a</p></div>",
    "<div title=x><p>a</p></div>", "<span><div><p>a</p></div></span>",
    "<fieldset><div><p>a</p></div></fieldset>", "<ul><li><div><p>a</p></div></li></ul>",
    "<style>div{color:red}</style><div><p>a</p></div>", "<style>*{border:1px solid}</style><div><p>a</p></div>",
    "<style>@media print{div{margin:1px}}</style><div><p>a</p></div>",
    "<style>body>p{color:red}</style><p>b</p><div><p>a</p></div>", "<style>p:first-child{color:red}</style><div><p>a</p></div>",
    "<style>p+p{color:red}</style><p>b</p><p>c</p><div><p>a</p></div>",
    "<style>body{display:flex}</style><div><p>a</p></div>", "<style>p{display:inline-block}</style><div><p>a</p></div>",
    "<style>p{float:left}</style><div><p>a</p></div>", "<style>p{height:50%}</style><div><p>a</p></div>",
    "<style>p{position:relative;top:9%}</style><div><p>a</p></div>", "<style>p{margin:inherit}</style><div><p>a</p></div>",
    "<style>div::before{content:'x'}</style><div><p>a</p></div>",
    "<div><p style='height:50%'>a</p></div>", "<div><p style='position:sticky'>a</p></div>",
    "<div><p>a</p></div><a onclick=f()>x</a>", "<div><p>a</p></div><link rel=stylesheet href=a.css>",
])  # fmt: skip
def test_a_wrapper_that_something_may_tell_from_its_child_stays(page: str) -> None:
    assert light(page).count("<div") == page.count("<div")


@pytest.mark.parametrize(("page", "expected"), [
    ("<div><p>a</p></div>b", "<p>a</p>b"),
    ("<div><div><ul><li>a</ul></div></div>b", "<ul><li>a</ul>b"),
    ("<section>\n<div>\n<h2>a</h2>\n</div>\n</section>b", "<section><h2>a</h2></section>b"),
    ("<style>*{box-sizing:border-box;margin:0}p{color:red}</style><div><p>a</p></div>b", None),
    ("<style>p{display:flex}</style><div><p>a</p></div>b", None),
])  # fmt: skip
def test_a_wrapper_with_the_box_of_its_child_goes_at_max_alone(page: str, expected: str | None) -> None:
    told = light(page)

    assert "<div" not in told
    assert expected in (None, told)
    assert "<div" in light(page, "safe")
    assert light(told) == told


def test_a_wrapper_that_closes_its_child_stays() -> None:
    assert "<div><p>a</div>b" in light("<div><p>a</div>b")


@pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))
def test_what_is_left_looks_the_same() -> None:
    style = "<style>*{box-sizing:border-box}p{margin:1em 5%;width:60%;background:#fde}h2{margin:2em 0}ul{display:flex}</style>"
    parts = "<p>a {0}</p>", "<h2>b {0}</h2>", "<ul><li>c {0}</ul>", "<table><tr><td>d {0}</table>"
    inner = "".join(f"<div><div>{part}</div></div>".format(number) for number, part in enumerate(parts))
    page = (HEAD + style + f"<main>{inner}<section><div>{inner}</div></section></main>").encode()
    lighter = optimizer.optimize(page, level="max").optimized

    with Browser() as browser:
        comparison = browser.compare(Rendered(page), lighter)

    assert lighter.count(b"<div") == 1  # it holds many
    assert comparison.same, comparison.differences
