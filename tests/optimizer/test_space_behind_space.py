"""White space behind white space, from which only what is never shown parts it, and where no style is read."""

# ruff: noqa: E501 (a case stays on its line)

from __future__ import annotations

import pytest

import optimizer
from optimizer.recipe import Recipe

RECIPE = Recipe(("hidden_white_space",), 2)
UNSEEN = "<link rel=stylesheet href=a.css>"


def light(page: str, head: str = UNSEEN) -> str:
    head = "<!doctype html><html><head><title>x</title>" + head + "</head><body>"
    whole = optimizer.optimize((head + page + "</body></html>").encode(), level="max", recipe=RECIPE)
    return whole.optimized.decode().removeprefix(head).removesuffix("</body></html>")


@pytest.mark.parametrize("page", [
    "<div> <div>a</div> <div>b</div> </div>",  # a style may put them on one line
    "<ul> <li>a</li> <li>b</li> </ul>", "<p>a <b>b</b> c</p>",
    "<p>a <i></i> c</p>", "<p>a <img> c</p>", "<p>a <noscript>x</noscript> c</p>",  # the element may have a box
    "<p>a<script></script> c</p>", "<p>a <script></script>c</p>",
    "<pre>a <script></script> c</pre>", "<code>a <script></script> c</code>", "<p style='white-space:pre'>a <script></script> c</p>",
    "<p>中 <script></script>\n文</p>",  # a line end between them is nothing, a space is one
    "<ruby>a <script></script> c</ruby>",
])  # fmt: skip
def test_white_space_that_an_unread_style_may_show_stays(page: str) -> None:
    assert page == light(page)


@pytest.mark.parametrize(("page", "expected"), [
    ("<p>a <script></script> c</p>", "<p>a <script></script>c</p>"),
    ("<p>a\n<script></script>\n c</p>", "<p>a\n<script></script>c</p>"),
    ("<p>a \n <style></style><!--x-->\n c</p>", "<p>a \n <style></style><!--x-->c</p>"),
    ("<div>\n<script></script>\n<script></script>\n</div>", "<div>\n<script></script><script></script></div>"),
    ("<svg> <g> <path/> </g> </svg>", "<svg><g><path/></g></svg>"),
])  # fmt: skip
def test_white_space_goes_behind_white_space_and_where_nothing_is_shown(page: str, expected: str) -> None:
    assert expected == light(page)
    assert expected == light(page, "") or page.startswith("<div>")


def test_the_head_needs_no_white_space() -> None:
    page = f"<!doctype html>\n<html>\n<head>\n<title>x</title>\n{UNSEEN}\n</head>\n<body>a</body></html>"

    made = optimizer.optimize(page.encode(), level="max", recipe=RECIPE).optimized.decode()

    assert page.replace("\n", "") == made.replace("\n", "")
    assert made.count("\n") <= 2  # the parser drops those outside the root element
