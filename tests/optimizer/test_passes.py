"""What the passes beyond comments and white-space runs take, and what they leave."""

from __future__ import annotations

import pytest

import core_ext
import optimizer
from optimizer.document import Document
from optimizer.edits import Edit, Ledger
from optimizer.passes.minify_script import compacted

HEAD = "<!doctype html><title>t</title>"


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize((HEAD + page).encode(), level=level).optimized.decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    "page",
    [
        "<p>a <b>b</b> <i>c</i> d",  # between inline boxes
        "<style>div{display:inline-block}</style><div>a</div> <div>b</div>",
        "<style>@media print{div{display:inline}}</style><div>a</div> <div>b</div>",
        "<style>p::before{content:'x'}</style><p> a",
        "<link rel=stylesheet href=a.css><div>a</div> <div>b</div>",
        "<pre> a </pre>",
        "<b>a</b> <script>1</script> <b>b</b>",
        "<div style='display:inline'>a</div> <b>b</b>",
        "<b>a</b> <div style=float:left>b</div> c",
    ],
)
def test_white_space_that_may_show_is_left(page: str) -> None:
    assert sum(map(str.isspace, light(page))) == sum(map(str.isspace, page))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div> a </div> <div>b</div>", "<div>a</div><div>b</div>"),
        ("<ul> <li>a </li> <li>b</li> </ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table> <tr> <td> a </td> </tr> </table>", "<table><tr><td>a</td></tr></table>"),
        ("<style>p{display:flex}</style><p> <b>a</b> <i>b</i> </p>",) * 2,
        ("a <br> b", "a<br>b"),
        ("<style>b{display:block}</style>x <b>a</b> y", "<style>b{display:block}</style>x<b>a</b>y"),
    ],
)
def test_white_space_that_never_shows_goes(page: str, expected: str) -> None:
    if page == expected:
        expected = "<style>p{display:flex}</style><p><b>a</b><i>b</i></p>"

    assert light(page) == expected


@pytest.mark.parametrize(
    "page",
    [
        "<style>.a{color:red}</style><b class=a>x</b>",
        "<style>[class]{color:red}</style><b class=b>x</b>",
        "<script>f('b')</script><b class=b>x</b>",
        "<link rel=stylesheet href=a.css><b class=b>x</b>",
        "<a href=#x>x</a><div id=x>x</div>",
        "<label for=x>x</label><input id=x>",
        "<h2 id=x>x</h2>",  # other pages may link to it
        "<script src=a.js></script><b class=js-x id=y data-z>x</b>",
    ],
)
def test_a_name_that_somebody_may_look_for_stays(page: str) -> None:
    assert light(page) == page


def test_names_that_nobody_looks_for_go() -> None:
    page = '<style>.a{color:red}</style><b class="a b" id=x data-y=1>x</b><i class=c>x</i>'

    assert light(page) == "<style>.a{color:red}</style><b class=a>x</b><i>x</i>"


def test_at_safe_a_script_sees_every_attribute() -> None:
    page = "<script>f()</script><b class=b id=x data-y=1>x</b>"

    assert light(page, "safe") == page


@pytest.mark.parametrize("script", ["if (", "<!-- x -->", "let a = '<script>'"])
def test_a_script_that_cannot_be_judged_stays(script: str) -> None:
    page = f"<script>{script} // a comment that could go, if it could be told</script>"

    assert light(page) == page


def test_a_script_is_written_shorter() -> None:
    assert (
        light("<script>function f ( first ) {  return first + 1 ; }</script>")
        == "<script>function f(e){return e+1}</script>"
    )


@pytest.mark.parametrize("text", [b"{", b"{'a': 1}", b"[1,]"])
def test_what_is_no_json_is_not_compacted(text: bytes) -> None:
    assert compacted(text) is None


def test_json_keeps_every_number_and_string() -> None:
    assert compacted(b'{ "a b" : 1.0e+10 ,\n"c": [1, "  x\\" "] }') == b'{"a b":1.0e+10,"c":[1,"  x\\" "]}'


def test_an_edit_that_grows_the_page_or_touches_another_is_refused() -> None:
    ledger = Ledger(Document(b"<p>abc</p>"))

    assert ledger.add([Edit(3, 4, b"xy", 134, "a:1")]) == []
    assert len(ledger.add([Edit(3, 5, b"x", 134, "a:2")])) == 1
    assert ledger.add([Edit(4, 6, b"", 134, "a:3")]) == []
    assert ledger.text(0, 10) == b"<p>xc</p>"


def test_edits_over_several_tokens_are_spread_over_them() -> None:
    ledger = Ledger(Document(b"<i>a</i><b>c</b>"))
    ledger.add([Edit(1, 13, b"0123456789", 132, "a:1")])

    left = {index: data for index, (_, data) in ledger.emissions().items()}
    assert b"".join(left.get(index, b"") for index in range(6)) == b"<0123456789/b>"


def test_every_group_can_be_left_out() -> None:
    page = (HEAD + "<style>.a{color:red}.b{color:red}</style><b class='a c'>x</b> <div> y </div><!-- z -->").encode()
    result = optimizer.optimize(page, level="max")

    assert result.groups
    for group in result.groups:
        other = optimizer.optimize(page, level="max", without=frozenset([group]))
        assert group not in other.groups
        assert len(other.optimized) > len(result.optimized)
    assert optimizer.optimize(page, level="max", without=frozenset(result.groups)).optimized == page


def test_rules_and_replacements_say_the_whole_result() -> None:
    page = (HEAD + "<style>.a{color:red} .b{color:red}</style><b class='a c'>x</b> <div> y </div>").encode()
    result = optimizer.optimize(page, level="max")
    trace = core_ext.trace(page, core_ext.lex(page), result.rules, result.replacements)

    assert trace.optimized == result.optimized
    assert result.proven_bytes + result.attested_bytes == len(page) - len(result.optimized)
