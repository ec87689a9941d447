"""Where white space stays, where it goes, and how the optimizer knows."""

# ruff: noqa: E501 (a case stays on its line)

from __future__ import annotations

import pytest

import optimizer
from optimizer.preserving import styles_collapse

WIDE = "a  b\n\n  c"
TIGHT = "a b\nc"


def light(page: str, level: str = "max") -> str:
    return optimizer.optimize(page.encode(), level=level, recipe=optimizer.PROVEN).optimized.decode()


KEPT = [
    "<pre>{}</pre>", "<PRE>{}</PRE>", "<p><pre>{}</p>x</pre>", "<listing>{}</listing>", "<textarea>{}</textarea>",
    "<xmp>{}</xmp>", "<title>{}</title>", "<iframe>{}</iframe>", "<noscript>{}</noscript>", "<plaintext>{}",
    "<div contenteditable>{}</div>", "<div contenteditable=plaintext-only><b>{}</b></div>",
    "<template><p>{}</p></template>", "<template shadowrootmode=open>{}</template>",
    "<svg><text>{}</text></svg>", "<svg><title>{}</title></svg>", "<svg><style>{}</style></svg>",
    "<svg><g xml:space=preserve><text><tspan>{}</tspan></text></g></svg>", "<math><mtext>{}</mtext></math>",
    "<p style='white-space: pre'>{}</p>", "<p style='WHITE-SPACE:PRE-LINE'>{}</p>",
    "<p style='white-space: break-spaces !important'>{}</p>", "<p style='white-space-collapse:preserve'>{}</p>",
    "<p style='white-space: var(--x)'>{}</p>", "<p style='wh\\69te-space: pre'>{}</p>",
    "<p style='white&#45;space:pre'>{}</p>", "<p style='white-space:/**/pre'>{}</p>",
    "<div style='white-space:pre-wrap'><p><b>{}</b></p></div>",
    "<style>p{{white-space:pre}}</style><p>{}</p>", "<style>.a .b{{white-space:pre-wrap}}</style><i class=a><b class=b>{}</b></i>",
    "<style>@media print{{.b{{color:red;white-space:pre}}}}</style><b class=b>{}</b>",
    "<style>@layer x{{@supports (a:b){{.b{{white-space:pre}}}}}}</style><b class=b>{}</b>",
    "<style>.b:hover{{white-space:pre}}</style><b class=b>{}</b>", "<style>.b:not(.c){{white-space:pre}}</style><b class=b>{}</b>",
    "<style>:is(.a, .b) > i{{white-space:pre}}</style><b class=b><i>{}</i></b>",
    "<style>.a{{ .b & {{white-space:pre}} }}</style><u class=b><b class=a>{}</b></u>",
    "<style>.a{{ color:red; > i {{white-space:pre}} }}</style><b class=a><i>{}</i></b>",
    "<style>.md\\:pre{{white-space:pre}}</style><b class='md:pre'>{}</b>", "<style>.b{{white\\-space:pre}}</style><b class=b>{}</b>",
    "<style>.b{{white-s\\70 ace:pre}}</style><b class=b>{}</b>", "<style>b{{wh\\69te-space:pre}}</style><b>{}</b>",
    "<style>:root{{white-space:pre}}</style><b>{}</b>", "<style>*{{white-space:pre}}</style><b>{}</b>",
    "<style>tbody{{white-space:pre}}</style><table><tr><td>{}</table>",
    "<style>x{{}}b{{content:'}}';white-space:pre}}</style><b>{}</b>", "<style>/*x{{*/b{{white-space:pre}}</style><b>{}</b>",
    "<style>@keyframes k{{to{{white-space:pre}}}}</style><b>{}</b>", "<style>:host{{white-space:pre}}</style><b>{}</b>",
    "<style>.B{{white-space:pre}}</style><b class=b>{}</b>",
    "<svg><style>b{{white-space:pre}}</style></svg><b>{}</b>",
    "<noscript><style>b{{white-space:pre}}</style></noscript><b>{}</b>",
    "<style>" + ".x{{color:red}}" * 200 + "b{{white-space:pre}}</style><b>{}</b>",
    "<style>b{{" + "color:red;" * 200 + "white-space:pre}}</style><b>{}</b>",
    "<link rel=stylesheet href=a.css><code>{}</code>", "<link rel=stylesheet href=a.css><p class='post code-block'>{}</p>",
    "<link rel=stylesheet href=a.css><p class=whitespace-pre-wrap>{}</p>", "<style>@import 'a.css';</style><kbd>{}</kbd>",
    "<style>b{{white-space:pre}}</style><p><b></p><p>{}", "<p>a\f{}</p>",
]  # fmt: skip
GOES = [
    "<p>{}</p>", "<div contenteditable=false>x</div><p>{}</p>", "<code>{}</code>", "<p style='white-space:nowrap'>{}</p>",
    "<p style='white-space: Normal !important'>{}</p>", "<style>p{{white-space:nowrap}}</style><p>{}</p>",
    "<style>.b{{white-space:pre}}</style><p>{}</p>", "<style>.b::before{{white-space:pre;content:'x'}}</style><b class=b>{}</b>",
    "<style>.b:after{{white-space:pre}}</style><b class=b>{}</b>", "<style>b{{white-space:pre}}</style><b>x</b><p>{}</p>",
    "<p title='white-space:pre'>{}</p>", "<p>white-space: pre</p><p>{}</p>", "<pre>x</pre><p>{}</p>",
    "<style>i{{content:'white-space:pre'}}</style><i>{}</i>", "<option>{}</option>", "<button>{}</button>",
    "<svg><foreignObject><p>{}</p></foreignObject></svg>", "<b>{}</b>", "<td>{}</td>", "<h1>{}</h1>",
]  # fmt: skip


@pytest.mark.parametrize("page", KEPT)
def test_white_space_that_may_show_stays(page: str) -> None:
    whole = "<!doctype html>" + page.format(WIDE) if ".B{" not in page else page.format(WIDE)

    assert whole == light(whole)


@pytest.mark.parametrize("page", GOES)
def test_white_space_that_cannot_show_goes(page: str) -> None:
    whole = "<!doctype html>" + page

    assert whole.format(TIGHT) == light(whole.format(WIDE))


@pytest.mark.parametrize(
    "unread", ["<link rel=stylesheet href=a.css>", "<script src=a.js></script>", "<a onclick=f()>x</a>"]
)
def test_safe_keeps_words_apart_where_styles_or_scripts_are_not_read(unread: str) -> None:
    page = f"{unread}<p>{WIDE}</p>\n\n<p>\n   one line\n   </p>"

    assert light(page, "safe") == f"{unread}<p>{WIDE}</p>\n<p>\none line\n</p>"
    assert light(page, "max") == f"{unread}<p>{TIGHT}</p>\n<p>\none line\n</p>"


def test_a_long_text_is_shortened_over_its_cuts() -> None:
    assert light("<p>" + " " * 5000 + "x" + "\n" + " " * 5000) == "<p> x\n"
    assert light("<p>" + "ab " * 2000) == "<p>" + "ab " * 2000


def test_a_text_cut_between_blank_and_line_end_stays() -> None:
    page = "<p>" + "x" * 1023 + " " + "\n   y"

    assert light(page) == page


def test_the_kept_ones_are_counted_by_reason() -> None:
    result = optimizer.optimize(b"<svg><text> a  b </text></svg><template> \n x</template><p> \n x", level="max")
    told = {kept.reason: kept.tokens for each in result.passes for kept in each.kept}

    assert told == {"in_template": 1}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("normal", True), (" nowrap !important", True), ("collapse wrap", True), ("inherit", True), ("", False),
        ("pre", False), ("normal pre", False), ("preserve", False), ("var(--x)", False), ("-moz-pre-wrap", False),
    ],
)  # fmt: skip
def test_only_known_values_count_as_collapsing(value: str, expected: bool) -> None:
    assert styles_collapse(value) is expected
