"""What goes as a whole: repeated data blocks, subtrees that nothing can show; and pictures inside addresses."""

from __future__ import annotations

import base64
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optimizer
from optimizer.data_uri import shorter_address

HEAD = "<!doctype html><meta charset=utf-8><title>t</title>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">\n <path fill="#f00" d="M0 0h4v4z"/>\n</svg>\n'


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize((HEAD + page).encode(), level=level).optimized.decode().removeprefix(HEAD)


def with_short_data(page: str) -> str:
    recipe = optimizer.Recipe(("unused_css", "short_data", "normalize_tag"), 2)
    return optimizer.optimize((HEAD + page).encode(), level="max", recipe=recipe).optimized.decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    "page",
    [
        "<p>x<script>f()</script><div style=display:none>y</div>",
        "<link rel=stylesheet href=a.css><div hidden>y</div>",
        "<style>div{display:block}</style><div hidden>y</div>",
        "<style>section:hover div{display:block}</style><section>x<div style=display:none>y</div></section>",
        "<style>@media print{.a{display:block}}</style><div class=a hidden>y</div>",
        "<style>div+b{color:red}</style><div hidden>y</div><b>x</b>",
        "<form><div hidden><input name=a value=b></div></form>",
        "<a href=#y>x</a><div hidden><p id=y>y</div>",
        "<div hidden><svg><symbol><path d=M0 /></symbol></svg></div>",
        "<div hidden=until-found>y</div>",
        "<div hidden><meta itemprop=a content=b></div>",
        "<div hidden itemprop=a>y</div>",
    ],
)
def test_what_may_be_shown_or_works_unseen_stays(page: str) -> None:
    left = light(page)

    assert "hidden" in left or "display:none" in left
    assert any(inside in left for inside in (">y", "path", "name=", "content="))


@pytest.mark.parametrize(
    "page",
    [
        "<p>x</p><div style='display: none'>y <b>z</b></div>",
        "<p>x</p><div hidden>y</div>",
        "<style>.a{display:none}</style><p>x</p><div class=a>y</div>",
        "<p>x</p><div style='display:none!important'><div hidden>y</div></div>",
    ],
)
def test_what_nothing_can_show_goes_at_max_alone(page: str) -> None:
    assert light(page).endswith("<p>x</p>")
    assert "y" in light(page, "safe")


def test_json_ld_that_is_repeated_in_the_head_goes() -> None:
    block = '<script type=application/ld+json>{"@type":"Thing"}</script>'

    assert light(block + block + "<p>x") == block + "<p>x"
    assert light("<p>x" + block + block) == "<p>x" + block + block


def of(address: bytes) -> bytes:
    """The document behind an address, blanks between tags aside."""
    head, _, body = address.partition(b",")
    document = unquote_to_bytes(body)
    return base64.b64decode(document) if head.endswith(b";base64") else document


@pytest.mark.parametrize(
    "address",
    [
        b"data:image/svg+xml;base64,!!!!",
        b"data:image/svg+xml;base64," + base64.b64encode(b"\x1f\x8b"),
        b"data:image/svg+xml;version=2," + SVG.strip().replace(b"\n", b""),
        b"data:image/svg+xml,%3Csvg%3E%3C/svg%3E#part",
        b"data:image/svg+xml,%3Cp%3E%3C/p%3E",
    ],
)
def test_an_address_that_is_not_understood_stays(address: bytes) -> None:
    assert shorter_address(address, quote=b'"') is None


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_picture_is_written_as_plain_text(quote: bytes) -> None:
    told = shorter_address(b"data:image/svg+xml;base64," + base64.b64encode(SVG), quote=quote)

    assert told is not None
    assert quote not in told
    assert b"#" not in told
    assert of(told).replace(b"'", b'"') == SVG.replace(b"\n ", b"").replace(b"\n", b"")
    assert shorter_address(told, quote=quote) is None


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_texts_of_a_picture_stay(text: str) -> None:
    document = ("<svg><text> " + text.replace("&", "").replace("<", "") + " </text> <g/></svg>").encode()
    address = b"data:image/svg+xml;base64," + base64.b64encode(document)
    told = shorter_address(address, quote=b'"')

    assert told is None or of(told) in (document, document.replace(b'"', b"'"))


def test_pictures_in_style_sheets_and_attributes_are_written_short() -> None:
    address = "data:image/svg+xml;base64," + base64.b64encode(SVG).decode()
    page = f"<style>p{{background:url({address})}}</style><p>x<img src='{address}'>"
    left = with_short_data(page)

    assert "base64" not in left
    assert left.count("%23f00") == 2


def test_escapes_in_a_quoted_address_that_nothing_needs_go() -> None:
    address = "data:image/svg+xml,%3csvg xmlns='a'%3e%3cpath fill='%23f00'/%3e%3c/svg%3e"
    page = f'<style>p{{background:url("{address}")}}</style><p>x'

    assert "<svg xmlns='a'><path fill='%23f00'/></svg>" in with_short_data(page)


def test_an_address_in_a_text_is_a_text() -> None:
    page = "<p>data:image/svg+xml;base64," + base64.b64encode(SVG).decode()

    assert with_short_data(page) == page
