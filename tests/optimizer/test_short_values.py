"""Values written the short way: references, style attributes, paths and points of SVG."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optimizer
from optimizer.native.page_tree import ELEMENT, TEXT, PageTree
from optimizer.native.paths import short_numbers, short_path

HEAD = "<!doctype html><meta charset=utf-8><title>t</title>"
_ARITY = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_PART = re.compile(r"[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize((HEAD + page).encode(), level=level).optimized.decode().removeprefix(HEAD)


def read(page: str) -> tuple[list[dict[str, bytes]], list[bytes]]:
    """The attributes of a page's elements and the words of its texts, as the parser reads them."""
    tree = PageTree((HEAD + page).encode())
    rows = range(tree.count)
    return (
        [tree.attributes(row) for row in rows if tree.types[row] == ELEMENT],
        b" ".join(tree.text(row) for row in rows if tree.types[row] == TEXT).split(),
    )


def commands(data: str) -> list[tuple[str, ...]]:
    """A path's commands with the values of their numbers, one for each set of arguments."""
    found: list[tuple[str, ...]] = []
    place, letter = 0, ""
    part = re.compile(r"[\s,]*([a-zA-Z])?")
    number = re.compile(r"[\s,]*([-+]?(?:\d+\.\d+|\.\d+|\d+)(?:[eE][-+]?\d+)?)")
    flag = re.compile(r"[\s,]*([01])")
    while data[place:].strip(" \t\n,"):
        told = part.match(data, place)
        assert told is not None
        if told[1]:
            letter, place = told[1], told.end()
        elif letter in "mM":
            letter = {"m": "l", "M": "L"}[letter]
        values = []
        for argument in range(_ARITY[letter.lower()]):
            is_flag = letter in "aA" and argument in (3, 4)
            value = (flag if is_flag else number).match(data, place)
            assert value is not None, data[place:]
            values.append(str(Decimal(value[1]) + 0))
            place = value.end()
        found.append((letter, *(str(Decimal(value).normalize() + 0) for value in values)))
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b",",
        b"L1 2",
        b"M1",
        b"M1c",
        b"M1M2 3",
        b"M,1 2",
        b"M1 2z,",
        b"M1,,2",
        b"M1 2,",
        b"M1 2z3",
        b"M1 2a1 1 0 2 0 3 3",
        b"M1. 2",
        b"none",
        b"M1 2e",
    ],
)
def test_path_data_that_is_not_understood_stays(data: bytes) -> None:
    assert short_path(data) == data


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"M 10 , 20 L 30 40 L 50 60 Z", b"M10 20 30 40 50 60Z"),
        (b"m0.50,0.50 -0.0,1.00", b"m.5.5 0 1"),
        (b"M1 1 a 1 1 0 0 1 2 2 a1,1,0,1,0,-2,-2", b"M1 1a1 1 0 012 2 1 1 0 10-2-2"),
        (b"M1 1 h 5 h 5 v -5", b"M1 1h5 5v-5"),
        (b"M1e2 1E-2 2 2", b"M1e2 1E-2 2 2"),
    ],
)
def test_path_data_is_written_short(data: bytes, expected: bytes) -> None:
    assert short_path(data) == expected


numbers = (
    st.decimals(-2000, 2000, places=3).map(str) | st.integers(-99, 99).map(str) | st.sampled_from(["-.5", "0.0", "+1"])
)
gaps = st.sampled_from([" ", ",", " , ", "\n"])


@st.composite
def paths(draw: st.DrawFn) -> str:
    told = [draw(st.sampled_from("Mm")), *(draw(numbers) + draw(gaps) for _ in range(2))]
    for _ in range(draw(st.integers(0, 6))):
        letter = draw(st.sampled_from("mMlLhHvVcCsSqQtTaAzZ"))
        told.append(letter + draw(st.sampled_from(["", " "])))
        for argument in range(_ARITY[letter.lower()] * draw(st.integers(1, 3))):
            is_flag = letter in "aA" and argument % 7 in (3, 4)
            told.append((draw(st.sampled_from("01")) if is_flag else draw(numbers)) + draw(gaps))
        told[-1] = told[-1].rstrip(", \n") + " "
    return "".join(told).rstrip(", \n")


@settings(deadline=None, max_examples=300)
@given(paths())
def test_a_short_path_draws_with_the_same_numbers(data: str) -> None:
    short = short_path(data.encode()).decode()

    assert commands(short) == commands(data)
    assert len(short) <= len(data)
    assert short_path(short.encode()).decode() == short


@settings(deadline=None, max_examples=100)
@given(st.lists(numbers, min_size=1, max_size=9), gaps)
def test_short_numbers_have_the_same_values(listed: list[str], gap: str) -> None:
    short = short_numbers(gap.join(listed).encode()).decode()

    assert [Decimal(each) for each in _PART.findall(short)] == [Decimal(each) for each in listed]


@pytest.mark.parametrize(
    "page",
    [
        "<a href='?a&amp;copy=1'>x</a>",  # &copy would count without its semicolon
        "<a href='?a&amp;b;'>x</a>",
        "<p>a&amp;b &lt;b> &#13; &#x80; &#0; &#32;&#8203;</p>",
        "<style>[style*=red]{top:0}</style><b style='color: red'>x</b>",
        "<b style='content: \"&amp;\"'>x</b>",
        "<svg><style>[d]{color:red}</style><path d='M 1 2 L 3 4'/></svg>",
    ],
)
def test_a_value_that_must_stay_stays(page: str) -> None:
    assert read(page) == read(light(page))


def test_references_give_way_to_shorter_characters() -> None:
    page = "<p title='&quot;a&quot; &amp; b'>x&nbsp;y &mdash; &quot;z&quot; &amp; w</p>"

    assert light(page) == '<p title=\'"a" & b\'>x\xa0y — "z" & w</p>'


def test_a_page_of_unknown_encoding_gets_no_character_beyond_ascii() -> None:
    page = b"<!doctype html><title>t</title><p>x&nbsp;y &quot;z&quot;</p>"

    assert optimizer.optimize(page, level="max").optimized == page.replace(b"&quot;", b'"')


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(["&amp;", "&quot;", "&#39;", "&lt;", "&copy", "&eacute;", "a", "=", ";", "#", " ", "'", "lt"]),
        max_size=8,
    )
)
def test_values_with_references_are_read_the_same(parts: list[str]) -> None:
    value = "".join(parts).replace("'", "&#39;")
    page = f"<p title='{value}'>{value}</p>"

    assert read(page) == read(light(page))


def test_a_style_attribute_is_written_short() -> None:
    page = "<svg><path style='fill : none; stroke-width : 2.160; stroke:rgb(0, 0, 0);'/></svg>"

    assert light(page) == "<svg><path style=fill:none;stroke-width:2.16;stroke:#000 /></svg>"


def test_at_safe_a_script_reads_the_attributes_as_they_were() -> None:
    page = "<script>f()</script><svg><path style='fill : none' d='M 1 , 2'/></svg>"

    assert "fill : none" in light(page, "safe")
    assert "M 1 , 2" in light(page, "safe")


@given(st.text("MmLlzZaAcCsHv,0123.-+eE \n", max_size=24), st.sampled_from([short_path, short_numbers]))
def test_text_that_is_no_path_neither_grows_nor_goes_on_changing(data: str, write: Callable[[bytes], bytes]) -> None:
    short = write(data.encode())

    assert len(short) <= len(data)
    assert write(short) == short
