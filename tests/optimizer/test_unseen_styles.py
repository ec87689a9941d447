"""White space that shows in no style, where a style sheet is not read."""

# ruff: noqa: E501 (a case stays on its line)

from __future__ import annotations

import pytest

import optimizer
from optimizer.recipe import Recipe

RECIPE = Recipe(("hidden_white_space",), 2)
HEAD = "<!doctype html><html><head><title>x</title><link rel=stylesheet href=a.css></head><body>"
END = "</body></html>"


def light(page: str) -> str:
    made = optimizer.optimize((HEAD + page + END).encode(), level="max", recipe=RECIPE)
    return made.optimized.decode().removeprefix(HEAD).removesuffix(END)


@pytest.mark.parametrize("page", [
    "<div> <div>a</div> <div>b</div> </div>",  # a style may put them on one line
    "<ul> <li>a</li> <li>b</li> </ul>", "<table><tr> <td>a</td> <td>b</td> </tr></table>", "<p> a <b> b </b> c </p>",
    "<p>a <script></script> b</p>",  # the script may put something between
    "<p>a <template></template> b</p>", "<svg><text> a </text></svg>", "<svg><foreignObject> <i>a</i> <i>b</i></foreignObject></svg>",
])  # fmt: skip
def test_white_space_that_an_unread_style_may_show_stays(page: str) -> None:
    assert page == light(page)


@pytest.mark.parametrize("page", [
    "<svg><foreignObject>a <i>b</i> <i>c</i></foreignObject></svg>", "<svg><text><textPath>a <a>b</a> <a>c</a></textPath></text></svg>",
])  # fmt: skip
def test_texts_inside_drawings_keep_their_words_apart(page: str) -> None:
    made = optimizer.optimize(("<!doctype html><title>x</title>" + page).encode(), level="max", recipe=RECIPE)

    assert page in made.optimized.decode()


def test_drawings_need_no_white_space() -> None:
    assert light("<p>a <svg> <g> <path/> </g> </svg> b</p>") == "<p>a <svg><g><path/></g></svg> b</p>"


def test_the_head_needs_no_white_space() -> None:
    page = HEAD.replace(">", ">\n").replace("<title>\nx", "<title>x") + "a" + END
    made = optimizer.optimize(page.encode(), level="max", recipe=RECIPE).optimized.decode()

    assert made.replace("\n", "") == page.replace("\n", "")
    assert made.count("\n") < 4 < page.count("\n")  # those outside of elements are no texts of the tree
