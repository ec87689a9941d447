"""Which comments stay, which go."""

# ruff: noqa: E501 (a case stays on its line)

from __future__ import annotations

import pytest

import optimizer

PLAIN = "<!-- built by the theme -->"
SCRIPT = "<script>f()</script>"


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize(page.encode(), level=level, recipe=optimizer.PROVEN).optimized.decode()


STAYS = [
    "<!--[if IE 6]><p>old<![endif]-->", "<!--[if !IE]><!-->", "<!--<![endif]-->", "<![if !IE]>", "<!--#include virtual=x -->",
    "<!--! licence -->", "<!-- @license MIT -->", "<!-- x @preserve -->", "<!--esi <x/> -->", "<!--email_off-->",
    "<!--/sse-->", "<!--noindex-->", "<!-- /noindex -->", "<!--googleoff: index-->", "<!-- mfunc f -->", "<?php echo 1 ?>",
    "<?xml version='1.0'?>", "<!--{{ template }}-->", "<!--%x%-->",
]  # fmt: skip
ANCHORS = [
    "<!---->", "<!-- -->", "<!--$-->", "<!--/$-->", "<!--$!-->", "<!--[-->", "<!--]-->", "<!--v-if-->", "<!--#-->",
    "<!-- ko if: a b -->", "<!-- /ko -->", "<!--lit-part x y-->", "<!--?lit$1$-->", "<!--ng-container x y-->", "<!--nghm-->",
    "<!--qv q:id=1 q:key=2-->", "<!--Blazor:{\"a\": 1}-->", "<!--astro:end-->", "<!--t=1 x-->", "<!--__BLOCK__ x y-->",
    "<!--%+b:0%-->", "<!--container-->", "<!--h2x9-->",
]  # fmt: skip


@pytest.mark.parametrize("comment", STAYS)
@pytest.mark.parametrize("level", list(optimizer.Level))
def test_a_comment_for_somebody_on_the_way_stays(comment: str, level: str) -> None:
    page = f"<p>x</p>{comment}<p>y</p>"

    assert light(page, level) == page


@pytest.mark.parametrize("comment", ANCHORS)
def test_an_anchor_of_a_framework_stays_where_scripts_run(comment: str) -> None:
    page = f"<p>x</p>{comment}<p>y</p>{SCRIPT}"

    assert light(page) == page


@pytest.mark.parametrize(
    "script",
    [SCRIPT, "<script src=a.js></script>", "<script type=module></script>", "<SCRIPT TYPE='text/JavaScript'>f()</SCRIPT>",
     "<p onclick=f()>", "<p ONCLICK = f()>", "<a href=' java&#115;cript:f()'>", "<svg><script>f()</script></svg>"],
)  # fmt: skip
def test_safe_keeps_comments_where_scripts_run(script: str) -> None:
    page = f"<p>x</p>{PLAIN}<p>y</p>{script}"

    assert light(page, "safe") == page
    assert light(page, "max") == page.replace(PLAIN, "")


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/ld+json">{"a": 1}</script>',
        "<script type=text/template><p onclick=f()></script>",
        "<p>x onclick=f()</p>",
    ],
)
def test_what_does_not_run_is_no_script(data: str) -> None:
    assert light(f"<p>x</p>{PLAIN}<p>y</p>{data}", "safe") == f"<p>x</p><p>y</p>{data}"


@pytest.mark.parametrize(
    "page", ["f<!-- two words -->i", "<p>a <!-- two words --> b", "x<!-- two words --></nothing>y"]
)
def test_a_comment_between_visible_texts_stays(page: str) -> None:
    assert light(page) == page


def test_of_many_comments_between_two_texts_the_shortest_stays() -> None:
    assert light("a<!-- longer one --> <!-- short --><!-- as short? -->b") == "a <!-- short -->b"


def test_a_comment_that_would_join_a_tag_or_reference_stays() -> None:
    for page in ("&am<!-- a b -->p;", "<<!-- a b -->b>", "<pre><!-- a b -->\nx</pre>", "<table>x<!-- a b --> <tr>"):
        assert light(page) == page


def test_a_comment_beside_the_nameless_end_tag_stays() -> None:
    page = "<table>\u00e9</><!-- a b -->\n<tr>"

    assert light(page) == page


def test_comments_in_templates_and_ambiguous_pages_stay() -> None:
    for page in (f"<template>{PLAIN}</template>", f"<noscript><script></noscript>{PLAIN}"):
        assert light(page) == page


def test_where_a_comment_goes_its_white_space_meets() -> None:
    assert light(f"<p>x</p>\n\n   {PLAIN}\n  <p>y</p>") == "<p>x</p>\n<p>y</p>"
    assert light(f"<i>x</i> {PLAIN} <i>y</i>") == "<i>x</i> <i>y</i>"


def test_a_blank_and_a_line_end_do_not_meet() -> None:
    page = f"<i>\u4e2d</i> {PLAIN}\n<i>\u4e2d</i>"

    assert light(page) == page


@pytest.mark.parametrize(
    "page",
    [
        "<svg></p><title><script>a  <!-- x  y --></script>",
        "<tr><table></tr><math></table><script>1 <!-- x\n  y</script>",
    ],
)
def test_a_page_whose_tags_are_misnested_is_not_broken(page: str) -> None:
    result = optimizer.optimize(page.encode(), level="max")

    assert b"<!-- x" in result.optimized
