"""Reading just enough CSS: what cannot be told is said so, the rest is never too narrow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from optimizer.stylesheet import CannotTellError, declarations, unescaped, widened


@pytest.mark.parametrize(
    "prelude", [":host", "::slotted(p)", "p::part(x)", "@keyframes x", "@page", "a|b", "a || b", "a:is(", "a,,:("]
)
def test_a_selector_beyond_the_grammar_cannot_be_told(prelude: str) -> None:
    with pytest.raises(CannotTellError):
        widened((prelude,))


@pytest.mark.parametrize(
    ("preludes", "expected"),
    [
        (("p",), ["p"]),
        (("p, .a > #b[c='}'] ~ *",), ["p", ".a > #b[c] ~ *"]),
        (("a:hover::first-line",), ["a"]),
        ((":hover", "@media x"), ["*"]),
        ((":not(.a, .b:is(x)) i",), ["* i"]),
        ((":root .a",), ["html .a"]),
        (("p::before", "q:AFTER"), []),
        (("p::before, q",), ["q"]),
        (("a:is(.b, .c:hover) d",), ["a:is(.b, .c) d"]),
        (("@media (x)", ".a", "&.b, .c"), [":is(.a).b", ":is(.a) .c"]),
        (("/* x { */ p /* , */ q",), ["p q"]),
        ((".md\\:x\\,y",), [".md\\:x\\,y"]),
    ],
)  # fmt: skip
def test_selectors_are_made_wider(preludes: tuple[str, ...], expected: list[str]) -> None:
    assert widened(preludes) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p{a:b;c:d}", [(("p",), "a:b"), (("p",), "c:d")]),
        ("@media x{p{a:b}}", [(("@media x", "p"), "a:b")]),
        (
            "p{a:'};{';b:url(;});c:\\};d:(;)}",
            [(("p",), "a:'};{'"), (("p",), "b:url(;})"), (("p",), "c:\\}"), (("p",), "d:(;)")],
        ),
        ("p{a:b;q{c:d}e:f}", [(("p",), "a:b"), (("p", "q"), "c:d"), (("p",), "e:f")]),
        ("}p{a:b", [(("p",), "a:b")]),
        ("/*}{*/p{a:b/*;*/}", [(("/*}{*/p",), "a:b/*;*/")]),
        ("@import 'x;y';p{a:b}", [((), "@import 'x;y'"), (("p",), "a:b")]),
    ],
)
def test_declarations_come_with_their_preludes(css: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    assert [each for each in declarations(css) if each[1].strip()] == expected


def test_escapes_are_resolved() -> None:
    assert unescaped("wh\\69te\\-\\000073 pace\\110000") == "white-space\U0010ffff"


@settings(deadline=None)
@given(st.text(alphabet="{}()[];:'\"\\/*@,&>+~.#a ", max_size=60))
def test_no_css_breaks_the_reading(css: str) -> None:
    for preludes, _ in declarations(css):
        try:
            LexborHTMLParser(b"<p>").css(", ".join(widened(preludes)) or "p")
        except (CannotTellError, ValueError, RuntimeError):
            continue
        except Exception as error:
            assert type(error).__name__ == "SelectolaxError"  # noqa: PT017
