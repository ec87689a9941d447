"""The report as a page: it trusts nothing of the page that it tells about, needs nothing else, and counts right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optimizer
from optimizer.report import report_of
from optimizer.report_page import Picture, html_of
from optimizer.report_page.census import CATEGORIES, census
from optimizer.report_page.treemap import squarify
from optimizer.source import source_of

HOSTILE = "<script>alert(1)</script>\"'&"


def report(page: bytes, name: str = "page.html", **more: object) -> str:
    source = source_of(page, name, "file")
    result = optimizer.optimize(source.content, level="max")
    told = report_of(source, result, written_bytes=len(result.optimized)) | more
    return html_of(
        told, source.content, result.optimized, [Picture(1280, b"a", b"b"), Picture(390, b"c", b"d")]
    ).decode()


def test_nothing_of_the_page_becomes_markup_of_the_report() -> None:
    render = {
        "status": "differs",
        "reason": HOSTILE,
        "takenOut": [HOSTILE],
        "differences": [{"state": HOSTILE, "kind": HOSTILE, "detail": HOSTILE}],
        "unstable": [],
    }
    notes = [{"code": "x", "text": HOSTILE}]

    text = report(f"<p title='{HOSTILE}'>{HOSTILE}".encode(), HOSTILE, render=render, notes=notes)

    assert text.count("<script>") == 1
    assert "alert(1)" in text


def test_nothing_is_loaded_from_anywhere() -> None:
    text = report(b"<!doctype html><title>a</title><p>  b  </p>")

    assert not re.search(r"""(?:src|href|url\()\s*=?\s*["']?(?!data:)[a-z]*:?//""", text)
    assert re.findall(r'src="([a-z]+:[a-z]+)', text) == ["data:image"] * 4


def test_each_slider_has_a_name_and_works_by_keyboard() -> None:
    text = report(b"<!doctype html><title>a</title><p>b")

    sliders = re.findall(r"<input[^>]*>", text)
    assert len(sliders) == 2
    assert all('type="range"' in slider and "aria-label=" in slider for slider in sliders)


@given(
    st.binary(max_size=300)
    | st.from_regex(rb"(<[a-z]{1,5}( [a-z]+(=\"[^\"]*\")?)*>|</[a-z]+>|[a-z ]*)*", fullmatch=True)
)
def test_every_byte_is_counted_once(page: bytes) -> None:
    assert sum(census(page).values()) == len(page)


def test_every_byte_of_a_saved_page_is_counted_once(corpus_page: Path) -> None:
    page = corpus_page.read_bytes()

    assert sum(census(page).values()) == len(page)


@pytest.mark.parametrize(
    ("page", "key"),
    [
        (b"<style>p{}</style>", "css"),
        (b"<p style='color:red'>", "style_attributes"),
        (b"<script>f()</script>", "script"),
        (b"<script type=module>f()</script>", "script"),
        (b"<script type=application/ld+json>{}</script>", "data"),
        (b"<svg><path d=M0 /></svg>", "svg"),
        (b"<img src=data:image/png;base64,AA>", "data_uris"),
        (b"<p class=a id=b>", "classes"),
        (b"<p data-a=b>", "data_attributes"),
        (b"<a href=b>", "links"),
        (b"<p title=a>", "attributes"),
        (b"<p>a", "text"),
        (b"<p>  a", "white_space"),
        (b"<!-- a -->", "comments"),
    ],
)
def test_bytes_are_told_under_what_they_are_there_for(page: bytes, key: str) -> None:
    assert key in CATEGORIES
    assert census(page)[key] > 0


@given(st.lists(st.integers(0, 10**7), max_size=20), st.floats(1, 2000), st.floats(1, 2000))
def test_areas_are_true_and_inside(figures: list[int], width: float, height: float) -> None:
    named = [(str(place), figure) for place, figure in enumerate(figures)]

    tiles = squarify(named, width, height)

    total = sum(figures)
    assert len(tiles) == sum(figure > 0 for figure in figures)
    for tile in tiles:
        assert tile.width * tile.height == pytest.approx(width * height * figures[int(tile.key)] / total, rel=1e-6)
        assert tile.x >= -1e-6
        assert tile.y >= -1e-6
        assert tile.x + tile.width <= width * (1 + 1e-6)
        assert tile.y + tile.height <= height * (1 + 1e-6)


def test_nodes_are_counted_as_a_parser_sees_them() -> None:
    source = source_of(b"<!doctype html><p>a <!-- two words --></p>\n<p>b", "page.html", "file")
    result = optimizer.optimize(source.content, level="max")
    told = report_of(source, result, written_bytes=len(result.optimized))

    # html, head, body, two paragraphs; three texts; a comment
    assert told["nodes"] == {"before": 9, "after": 7}
    assert "<td>nodes<td>9<td>7" in html_of(told, source.content, result.optimized, ()).decode()
