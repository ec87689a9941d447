"""End tags that go: only where the parser makes the same tree without them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

import optimizer

HEAD = "<!doctype html><title>a</title>"


# Without the pass that takes the wrappers of these examples.
PASSES = tuple(name for name in optimizer.preset(optimizer.Level.MAX).passes if name != "collapse_wrapper")
RECIPE = optimizer.Recipe((*PASSES[: PASSES.index("normalize_tag")], "drop_optional_end", "normalize_tag"), 2)


def light(page: str) -> str:
    result = optimizer.optimize((HEAD + page).encode(), level="max", recipe=RECIPE)
    return result.optimized.decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>a</li>b<li>c</li></ul>",
        "<div><p>a</p>b</div>",
        "<a href=x><p>a</p></a>b",
        "<p>a</p><table><tr><td>b</table>",
        "<div><p>a</p></div>",  # nothing comes behind that would show what the end tag closes
    ],
)
def test_end_tags_that_are_needed_stay(page: str) -> None:
    assert light(page) == page


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n<b>c</b>", "<ul><li>a<li>b</ul><b>c</b>"),
        ("<p>a</p> <p>b</p>c", "<p>a<p>b</p>c"),
        ("<div><p>a</p><!-- c --></div><b>c</b>", "<div><p>a</div><b>c</b>"),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>b", "<table><tbody><tr><td>a</table>b"),
    ],
)
def test_end_tags_that_the_parser_supplies_go(page: str, expected: str) -> None:
    assert light(page) == expected
    assert LexborHTMLParser(expected).html == LexborHTMLParser(light(expected)).html


def test_they_are_proven_savings() -> None:
    result = optimizer.optimize(b"<ul><li>a</li><li>b</li></ul><b>c</b>", level="max", recipe=RECIPE)

    assert (result.proven_bytes, result.attested_bytes) == (10, 0)
