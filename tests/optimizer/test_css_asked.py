"""Custom properties, animations and fonts go only where neither page, scripts nor unread sheets ask for them."""

from __future__ import annotations

import pytest

import optimizer
from optimizer import css
from optimizer.native.page_tree import PageTree

ASKED_FOR = b":root{--one:1px;--two:var(--one)}@keyframes turn{to{color:red}}@font-face{font-family:'A B';src:url(x)}"


def left(sheet: bytes, page: bytes = b"", *scripts: bytes, unread_styles: bool = False) -> bytes:
    """What stays of a sheet."""
    index = css.PageIndex(PageTree(b"<!doctype html><p>x" + page))
    found = css.analyse([css.Sheet(sheet)], [index], css.ScriptNames(scripts), unread_styles=unread_styles)
    for start, end, replacement, _, _ in reversed(found.edits[0]):
        sheet = sheet[:start] + replacement + sheet[end:]
    return sheet


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (b"<b style='width:var(--one)'>", b":root{--one:1px}"),
        (b"<b style='width:var(--two)'>", b":root{--one:1px;--two:var(--one)}"),
        (b"<b style='animation:turn 1s'>", b"@keyframes turn{to{color:red}}"),
        (b"<font face='a b'>", b"@font-face{font-family:'A B';src:url(x)}"),
        (b"<svg><path fill='var(--one)'>", b":root{--one:1px}"),
    ],
)
def test_what_an_attribute_asks_for_stays(page: bytes, kept: bytes) -> None:
    assert left(ASKED_FOR, page) == kept


def test_all_stays_where_a_sheet_is_not_read() -> None:
    assert left(ASKED_FOR, unread_styles=True) == ASKED_FOR


@pytest.mark.parametrize("script", [b"s.setProperty('--two', 1)", b"s.animation = 'turn 1s'", b"s.font = '1px a b'"])
def test_what_a_script_names_stays(script: bytes) -> None:
    assert left(ASKED_FOR, b"", script) != b""


def test_what_nothing_asks_for_goes() -> None:
    assert left(ASKED_FOR) == b""


def test_what_only_asks_for_itself_goes() -> None:
    assert (
        left(b":root{--one:var(--two);--two:var(--one)}@keyframes turn{to{animation-name:turn;width:var(--one)}}")
        == b""
    )


@pytest.mark.parametrize(
    "page",
    [
        b"<noscript><style>p{animation:turn 1s;width:var(--two);font:1px 'A B'}</style></noscript>",
        b"<link rel=stylesheet href=x.css>",
        b"<svg><style>p{animation:turn 1s;width:var(--two);font:1px 'A B'}</style></svg>",
    ],
)
def test_styles_elsewhere_on_the_page_are_heard(page: bytes) -> None:
    whole = b"<!doctype html><title>x</title>" + page + b"<style>" + ASKED_FOR + b"</style><p>x"

    assert ASKED_FOR in optimizer.optimize(whole, level="max").optimized
