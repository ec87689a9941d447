"""The values that sheets may give elements: none is left out, and certain ones apply at any time."""

from __future__ import annotations

import pytest

from optimizer import css
from optimizer.native.page_tree import PageTree

PAGE = b"<!doctype html><p class=a>x<b style='animation:turn 1s'>y</b></p><ul><li></ul>"


def told(
    sheet: bytes, *properties: bytes, scripts: tuple[bytes, ...] = ()
) -> set[tuple[bytes, bytes, str, bool, bytes]]:
    """Property, value, an element's name, whether certain, pseudo-element."""
    tree = PageTree(PAGE)
    found = css.styled([css.Sheet(sheet)], css.PageIndex(tree), css.ScriptNames(scripts), properties)
    return {(name, value, tree.name(row), sure, pseudo) for name, value, rows, sure, pseudo in found for row in rows}


@pytest.mark.parametrize("sheet", [b"p{a:b;q{display:none}}", b"@unheard x{p{display:none}}", b"p..c{display:none}"])
def test_what_is_not_understood_may_give_anything_to_all(sheet: bytes) -> None:
    assert (b"display", css.UNKNOWN, "li", False, b"") in told(sheet, b"display")


def test_a_property_not_asked_for_is_not_told() -> None:
    assert told(b"p{color:red;dis\\70lay:none}", b"float") == {(b"float", css.UNKNOWN, "p", False, b"")} or not told(
        b"p{color:red}", b"float"
    )


def test_a_plain_rule_is_certain() -> None:
    assert told(b"P{Display:Block !important}", b"display") == {(b"display", b"block", "p", True, b"")}


@pytest.mark.parametrize(
    "sheet", [b"@media print{p{display:none}}", b"p:hover{display:none}", b"@supports(x:y){p{display:none}}"]
)
def test_a_state_or_condition_is_not_certain(sheet: bytes) -> None:
    assert told(sheet, b"display") == {(b"display", b"none", "p", False, b"")}


def test_a_layer_is_no_condition() -> None:
    assert told(b"@layer x{p{display:none}}", b"display") == {(b"display", b"none", "p", True, b"")}


def test_generated_boxes_are_told_apart() -> None:
    assert told(b"p::before,b:AFTER{content:'x'}", b"content") == {
        (b"content", b"'x'", "p", False, b"before"),
        (b"content", b"'x'", "b", False, b"after"),
    }


def test_an_animation_may_give_what_it_names_to_what_it_may_run_on() -> None:
    steps = b"@keyframes turn{from{visibility:hidden}}"

    assert told(steps, b"visibility") == {(b"visibility", css.UNKNOWN, "b", False, b"")}
    assert (b"visibility", css.UNKNOWN, "li", False, b"") in told(steps + b"li{-webkit-animation:turn}", b"visibility")


def test_a_name_that_scripts_mention_makes_any_element_possible() -> None:
    found = told(b".off{display:none}", b"display", scripts=(b"x.className='off'",))

    assert {(b"display", b"none", "li", False, b""), (b"display", b"none", "b", False, b"")} <= found


def test_a_font_says_nothing_of_elements() -> None:
    assert told(b"@font-face{font-family:x;font-display:swap}@page{margin:0}", b"display", b"margin-top") == set()


def test_a_style_attribute_is_read_like_a_block() -> None:
    assert css.declarations(b"Display : Block!important;; --X:Y ; float:left /**/") == [
        (b"display", b"block"),
        (b"--X", b"Y"),
        (b"float", css.UNKNOWN),
    ]
    assert css.declarations(b"a{b:c}") is None
