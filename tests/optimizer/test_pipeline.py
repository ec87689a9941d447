"""The whole optimizer: what holds for every page, hostile ones included."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

import core_ext
import optimizer
from optimizer.errors import RecipeInvalidError

SPACE = re.compile("[\t\n\r ]+")
KEEPS_SPACE = "pre, listing, plaintext, svg text, svg title, svg style"

PARTS = [
    *("<p>", "<div>", "<b>", "<pre>", "<table>", "<tr>", "<td>", "<ul><li>", "<a href=x>", "<select>", "<option>"),
    *("</p>", "</div>", "</b>", "</pre>", "</table>", "</tr>", "</td>", "</ul>", "</a>", "</select>", "</unopened>"),
    *("<textarea>", "</textarea>", "<svg>", "</svg>", "<text>", "</text>", "<title>", "</title>", "<math>", "</math>"),
    *("<style>.k{white-space:pre}</style>", "<p class=k>", "<b class=k>", "<template>", "</template>", "<br>"),
    *("<script>let a = 1 <!-- x\n  y</script>", "<script type=text/plain>", "</script>", "<plaintext>"),
    *("<!-- a comment -->", "<!---->", "<!--[if IE]> x <![endif]-->", "<!--$-->", "<!", "<?php ?>", "</>", "<!-- -->"),
    *(" ", "  ", "\n", "\n  ", "\t", "\r\n", "\f", "\0", " \n", "\n\n", "word", "a  b", "&amp", "&lt;", "<", "&#"),
    *("<noscript>", "</noscript>", "<!doctype html>", "<![CDATA[ ]]>"),
    *("x" * 1023 + " ", " " * 1025, "\n" + " " * 1023, "word " * 300, "中", "é", "<link rel=stylesheet>", "<hr/>"),
]
pages = st.lists(st.sampled_from(PARTS), max_size=24).map("".join).map(str.encode)
levels = st.sampled_from(list(optimizer.Level))


def seen(page: bytes) -> list[Any]:
    """What the parser sees, without comments, and with white space as CSS collapses it where it does."""
    tree = LexborHTMLParser(page)
    has_rule = any(".k{" in (node.text() or "") for node in tree.css("style"))
    kept = {node.mem_id for node in tree.css(KEEPS_SPACE + (", .k" if has_rule else ""))}
    found: list[Any] = []

    def walk(node: LexborNode, is_kept: bool) -> None:
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                text = child.text_content or ""
                if found and isinstance(found[-1], str):
                    text = found.pop() + text
                found.append(text if is_kept else SPACE.sub(_line_or_blank, text))
            elif child.is_element_node:
                found.append((child.tag, tuple(child.attributes.items())))
                walk(child, is_kept or child.mem_id in kept)
                found.append(None)
            child = child.next

    if tree.root is not None:
        walk(tree.root, is_kept=False)
    return found


def _line_or_blank(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else " "


@pytest.mark.parametrize(
    "recipe",
    [
        optimizer.Recipe(("make_smaller",)),
        optimizer.Recipe(("drop_comment", "drop_comment")),
        optimizer.Recipe(("drop_comment",), ruleset=9),
    ],
)
def test_a_recipe_beyond_this_version_is_refused(recipe: optimizer.Recipe) -> None:
    with pytest.raises(RecipeInvalidError):
        optimizer.optimize(b"<p>", recipe=recipe)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"passes": "x", "ruleset": 1}', '{"passes": [], "ruleset": true}'])
def test_a_text_that_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(RecipeInvalidError):
        optimizer.Recipe.from_json(text)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(RecipeInvalidError):
        optimizer.optimize(b"<p>", level="extreme")


@pytest.mark.parametrize("least", ['{"unused_css": 9}', '{"drop_comment": 0}', '{"drop_comment": true}', "[]"])
def test_thresholds_that_mean_nothing_are_refused(least: str) -> None:
    with pytest.raises(RecipeInvalidError):
        optimizer.Recipe.from_json('{"passes": ["drop_comment"], "ruleset": 2, "thresholds": ' + least + "}")


def test_a_change_that_saves_less_than_its_threshold_is_not_made() -> None:
    page = b"<!doctype html><title>t</title><style>.a{color:red}.b{color:red;font-weight:bold}</style><p>x"
    told = '{"passes":["unused_css"],"ruleset":2,"thresholds":{"unused_css":%d}}'
    some, none = (optimizer.Recipe.from_json(told % least) for least in (14, 99))

    assert optimizer.optimize(page, recipe=some).optimized == page.replace(b".b{color:red;font-weight:bold}", b"")
    assert optimizer.optimize(page, recipe=none).optimized == page
    assert optimizer.Recipe.from_json(some.to_json()).id == some.id != none.id


def test_a_recipe_survives_its_json_and_keeps_its_id() -> None:
    again = optimizer.Recipe.from_json(optimizer.PROVEN.to_json())

    assert again == optimizer.PROVEN
    assert again.id == optimizer.PROVEN.id
    assert again.id != optimizer.Recipe(("collapse_white_space",)).id


@settings(deadline=None, max_examples=150)
@given(pages, levels)
def test_the_parser_sees_the_same_page(page: bytes, level: optimizer.Level) -> None:
    assert seen(page) == seen(optimizer.optimize(page, level=level, recipe=optimizer.PROVEN).optimized)


@settings(deadline=None, max_examples=150)
@given(pages, levels)
def test_optimizing_again_changes_nothing(page: bytes, level: optimizer.Level) -> None:
    once = optimizer.optimize(page, level=level).optimized

    assert optimizer.optimize(once, level=level).optimized == once


@settings(deadline=None, max_examples=100)
@given(st.one_of(pages, st.binary(max_size=300)), levels)
def test_the_result_is_what_the_rules_make_of_the_page(page: bytes, level: optimizer.Level) -> None:
    result = optimizer.optimize(page, level=level)
    tokens = core_ext.lex(page)

    assert result == optimizer.optimize(page, level=level)
    trace = core_ext.trace(page, tokens, result.rules, result.replacements)
    assert trace.optimized == result.optimized
    assert (result.attested_bytes, result.proven_bytes + result.attested_bytes) == (
        trace.attested_bytes,
        result.saved_bytes,
    )
    assert sum(each.saved_bytes for each in result.passes) == len(page) - len(result.optimized)
    assert set(result.rules) <= core_ext.RULESETS[result.recipe.ruleset]


def test_a_saved_page_is_lighter_stable_and_whole(corpus_page: Path) -> None:
    page = corpus_page.read_bytes()
    for level in optimizer.Level:
        result = optimizer.optimize(page, level=level)
        again = optimizer.optimize(result.optimized, level=level)

        assert len(result.optimized) <= len(page)
        assert again.saved_bytes == 0
        tokens = core_ext.lex(page)
        assert b"".join(tokens.slice(index) for index in range(tokens.count)) == page


def test_the_examples_together_earn_a_land_parcel() -> None:
    pages = (Path(__file__).resolve().parents[2] / "examples" / "pages").glob("*.html")

    saved = sum(optimizer.optimize(page.read_bytes(), level="safe").saved_bytes for page in pages)

    assert saved >= 110 * 1024
