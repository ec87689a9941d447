"""Golden vectors of single pieces: for every state of the lexer, and for chosen edges, whether a piece is legal."""

from __future__ import annotations

import random
from typing import Any

import hostile
from reference_lexer import CDATA_OK, CSS, CSS_AT, CSS_HEAD, CSS_IN_GROUP, LAST
from reference_piece import (
    CDATA_TAILS,
    COMMENT_TAILS,
    FILL_TAILS,
    RAW_ELEMENTS,
    RULE_TAILS,
    SCRIPT_TAILS,
    TAG_TAILS,
    is_token,
)

# What each state of a kind is tried with; every one of them ends some token, or none, or another one earlier.
_PROBES = {
    1: (b">", b"x>", b">>", b'"">'),
    2: (b">", b'">', b"'>", b"a>", b"/>", b" >", b"=>", b'=">', b">a", b'"a">', b" a='>'>"),
    3: (b">", b'">', b"/ >", b">a"),
    5: (b">", b"->", b"-->", b"!>", b"-!>", b"--!>", b"<!-->", b"-->a", b"- ->"),
    6: (
        b"a",
        b"</title>",
        b"</SCRIPT ",
        b"</script",
        b"-->",
        b"<!--",
        b"/script>",
        b"script></script>",
        b"t ",
        b" </script>",
    ),
    7: (b">", b"]>", b"]]>", b"]]]>", b"] ]>", b"]]>a"),
    8: (
        b"a",
        b"}",
        b"}a",
        b"{}",
        b";",
        b"{a;b}",
        b'"}',
        b"'}",
        b"*/",
        b"/}",
        b")}",
        b"\n}",
        b"l(}",
        b"rl({})}",
        b"</style>",
        b"{",
    ),
}
_EDGES: tuple[tuple[int, int, bytes], ...] = (
    (4, 0, b""),
    (0, 0, b""),
    (0, 0, b"a"),
    (9, 0, b"a"),
    (4, 0, b"a" * 1024),
    (4, 0, b"a" * 1025),
    (4, 0, b"a<"),
    (4, 0, b"a</"),
    (4, 0, b"a</b"),
    (4, 0, b"a< b"),
    (4, 0, b"a<b"),
    (4, 0, b"<<!"),
    (4, 0, b"<>"),
    (4, 0x4000, b"a"),
    (4, 0x3000, b"a"),
    (4, 1, b"a"),
    (2, 0, b"<"),
    (2, 0, b"<a"),
    (2, LAST, b"<a"),
    (2, 0, b"<a" + b" " * 1022),
    (2, 0, b"<a" + b" " * 1021 + b">"),
    (2, 0, b"<1>"),
    (2, 0, b'<a b=">'),
    (2, 0, b'<a b=">">'),
    (3, 0, b"</a>"),
    (3, 0, b"</>"),
    (3, LAST, b"</a"),
    (5, 0, b"</>"),
    (5, 0, b"</ a>"),
    (5, 0, b"</a>"),
    (5, 0, b"<!"),
    (5, LAST, b"<!"),
    (5, LAST, b"<?"),
    (5, 0, b"<!>"),
    (5, 0, b"<?a>"),
    (5, 0, b"<!-->"),
    (5, 0, b"<!--->"),
    (5, 0, b"<!---->"),
    (5, 0, b"<!--!>"),
    (5, 0, b"<!--!>-->"),
    (5, 0, b"<!----!>"),
    (5, 0, b"<!--a--b-->"),
    (5, 0, b"<!--a-->b"),
    (5, 0, b"<!doctype>"),
    (5, 0, b"<!docTyp>"),
    (5, 0, b"<![CDATA[a]]>"),
    (5, CDATA_OK, b"<![CDATA[a]]>"),
    (5, CDATA_OK, b"<![cdata[a]]>"),
    (7, CDATA_OK, b"<![CDATA[a]]>"),
    (7, CDATA_OK, b"<![CDATA[]]>"),
    (7, CDATA_OK, b"<![CDATA[a>]]>"),
    (7, 0, b"<![CDATA[a]]>"),
    (1, 0, b"<!DOCTYPE html>"),
    (1, 0, b'<!doctype a ">'),
    (1, 0, b"<!docty"),
    (CSS, 64, b"@media x{"),
    (CSS, 64, b"@MEDIA x{a{}}"),
    (CSS, 64, b"@media-x{a{}}"),
    (CSS, 64, b"@starting-style{"),
    (CSS, 64, b"@starting-stylex{"),
    (CSS, 64, b"@media;"),
    (CSS, 64, b"@import url(a;b);"),
    (CSS, 64, b"@import a;b"),
    (CSS, 64, b"@font-face{a;b}"),
    (CSS, 64, b"a;b{}"),
    (CSS, 64, b" /**/ "),
    (CSS, 64, b" a"),
    (CSS, 64, b"/"),
    (CSS, 64, b"/a{}"),
    (CSS, 64, b" /"),
    (CSS, 64, b" ;"),
    (CSS, 64 | CSS_IN_GROUP, b" ;"),
    (CSS, 64 | CSS_IN_GROUP, b";;"),
    (CSS, 64, b";"),
    (CSS, 64 | CSS_IN_GROUP, b"}"),
    (CSS, 64, b"}"),
    (CSS, 64 | CSS_IN_GROUP, b"}}"),
    (CSS, 64 | CSS_IN_GROUP, b"a}"),
    (CSS, 64, b"a}{}"),
    (CSS, 64 | CSS_AT, b"a"),
    (CSS, 69 | CSS_HEAD, b"a"),
    (CSS, 69 | CSS_HEAD | CSS_AT | 0x400, b"a"),
    (CSS, 64, b"a{b:url({)}"),
    (CSS, 64, b"a{b:xurl({)}"),
    (CSS, 64, b"a{b:\x00url({)}"),
    (CSS, 64, b"a{b:\\\nurl({)}"),
    (CSS, 64, b"a{b:\\xurl({)}"),
    (CSS, 64, b"a{b:url( '{' )}"),
    (CSS, 64, b'a{b:"\n}'),
    (CSS, 64, b'a{b:"\\\r\n}"}'),
    (CSS, 64, b"a" + b"{" * 7 + b"}" * 7),
    (CSS, 64, b"a" + b"{" * 6 + b"}" * 6),
    (CSS, 64, b"a" + b"{" * 6 + b"}" * 5 + b" }"),
)


def pieces() -> dict[str, Any]:
    """Small pieces in every state, edges, and hostile ones of the full length."""
    cases = [*_EDGES, *_probes()]
    source = random.Random(1)
    cases += [case for case in (hostile.piece(source) for _ in range(700)) if len(case[2]) == 1024][:40]
    cases += [case for case in (hostile.piece(source) for _ in range(700)) if len(case[2]) < 60][:200]
    return {
        "pieces": [
            {"data": "0x" + data.hex(), "flags": flags, "isToken": is_token(kind, flags, data), "kind": kind}
            for kind, flags, data in dict.fromkeys(cases)
        ]
    }


def _probes() -> list[tuple[int, int, bytes]]:
    states = {
        1: (16,),
        2: TAG_TAILS,
        3: TAG_TAILS,
        5: (*COMMENT_TAILS, 15),
        6: (*RAW_ELEMENTS, *SCRIPT_TAILS),
        7: CDATA_TAILS,
        8: (64, *FILL_TAILS, *RULE_TAILS),
    }
    cases = []
    for kind, its_states in states.items():
        for state in its_states:
            for probe in _PROBES[kind]:
                cases.append((kind, state, probe))
                if kind == CSS and state >= 69:
                    cases.append((kind, state | CSS_AT, probe))
                    cases.append((kind, state | CSS_AT | 0x400, probe))
                if kind == CSS:
                    cases.append((kind, state | CSS_IN_GROUP, probe))
            cases.append((kind, state | (0 if kind == CSS else LAST), b"a-"))
    return [*cases, *((kind, state, b"a") for kind in range(9) for state in (28, 29, 55, 63, 87, 127))]
