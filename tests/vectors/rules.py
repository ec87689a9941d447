"""Golden vectors of the rules: what each makes of chosen tokens and of hostile ones."""

from __future__ import annotations

import random
from typing import Any

import hostile
from reference_lexer import FOREIGN, LAST, PRESERVE
from reference_rules import AFTER_LF, AFTER_SPACE, JOIN_RISK, Refused, rewrite

_COMMENTS = (
    b"<!-- a -->",
    b"<!---->",
    b"<!--[if IE]>a<![endif]-->",
    b"<!--[IF IE]>-->",
    b"<!--[iF-->",
    b"<!--[i-->",
    b"<!--[-->",
    b"<!-- [if IE]-->",
    b"<!--<![endif]-->",
    b"<!--<!-->",
    b"<![endif]>",
    b"<![if IE]>",
    b"<!--#include a-->",
    b"<!-- #include a-->",
    b"<!a>",
    b"<!>",
    b"<?php ?>",
    b"</ >",
    b"<!" + b"a" * 1020 + b">",
    b"<!" + b"a" * 1021 + b">",
)
_TEXTS = (
    b"a",
    b"a  b",
    b" a ",
    b"\n a",
    b" \n\t\r a \t b\r\nc\n\n",
    b"\t",
    b"\r",
    b"\n",
    b" ",
    b"  ",
    b" \x0c ",
    b"\x0c",
    b"\x0b\x0b  ",
    b"\x00 \xff  \xc2\xa0 ",
    b" " * 1024,
    b"a\n" * 512,
    b"a \n" * 341,
)
_TAGS = (
    b"<P>",
    b"</P >",
    b"</p a='b'/>",
    b'<A HREF="x"  class=\'b c\' d = "e">',
    b"<br/>",
    b'<svg a="b"/>',
    b"<MATH a/>",
    b'<G viewBox="a b"/>',
    b'<a b="c d"e="f g">',
    b'<a b="c"d>',
    b'<a href="x/">',
    b"<a href=x/>",
    b"<a/=b>",
    b"<a =b>",
    b"<a b=>",
    b'<a x="&amp;y" z="&amp;&amp; &amp;" w="&amp;amp;">',
    b"<input disabled=DISABLED class='' onclick='' id='' value='' on='' name>",
    b'<script type="text/javascript" src=a>',
    b'<script type="text/javascript" language=vbscript>',
    b"<script type=module>",
    b"<style type=text/css media=ALL>",
    b"<link rel=stylesheet type='text/css' media=all>",
    b"<form method=GET action=''>",
    b"<p class='' class=x>",
    b"<x-y class='' disabled=disabled>",
    b"<a b='\"' c=\"'\" d=`>",
    b"<a b='c",
    b"<a",
    b"<a b='" + b"&amp;" * 200 + b"'>",
    b"<a " + b"b='c'd=\"e\"" * 90 + b">",
)
_ENDS = (
    b"</p>",
    b"</P >",
    b"</p\n\f>",
    b"</p/>",
    b"</p a>",
    b"</a>",
    b"</colgroup>",
    b"</TH>",
    b"</option",
    b"</pp>",
    b"</p",
)
_STYLES = (
    *(
        b".a{}",
        b".a{b:c;d:'}'}",
        b".a{b:url(}c}d)}",
        b".a{b:url('c')}",
        b".a{b:url(c",
        b".a{b:url('c",
        b".a{b:(}",
        b".a{b:[)}",
    ),
    *(
        b".a{b:[c](d)}",
        b".a{b:\\64}",
        b".a{b:'\\64'}",
        b".a{<!--url(}",
        b".a{b:'<@\\'}",
        b".a{@layer b{}}",
        b"@a{}",
        b"}",
        b" ",
    ),
    *(
        b".a{b{c{d{e{f{g{}}}}}}}",
        b".a{b{c{d{e{f{}}}}}}",
        b"b:c}",
        b"'}",
        b")}",
        b"c);d:e}",
        b"\\",
        b".a{/*(*/}",
        b".a{b:u/(c)}",
    ),
    *(b".a{b:curl(')')}", b"p{}", b".a,p{}", b".a{}x", b'.a{b:url("' + b"x" * 1009, b".a{b:url(" + b"x" * 1015),
)
_STYLE_FLAGS = (
    64,
    64 | 0x4000,
    69,
    69 | 0x400,
    70 | 0x400,
    71 | 0x400,
    75 | 0x400,
    85 | 0x800,
    69 | 0x8400,
    69 | 0x1C00,
)
_FLAGS = (
    0,
    LAST,
    FOREIGN,
    PRESERVE,
    JOIN_RISK,
    AFTER_SPACE,
    AFTER_LF,
    AFTER_SPACE | AFTER_LF,
    JOIN_RISK | AFTER_LF,
    1,
    64,
)


def rules() -> dict[str, Any]:
    """Every rule on tokens of its kind and of others."""
    cases = [(1, 5, flags, data) for flags in _FLAGS for data in _COMMENTS if flags == 0 or len(data) < 100]
    cases += [(2, 4, flags, data) for flags in _FLAGS for data in _TEXTS if flags == 0 or len(data) < 100]
    cases += [(rule, kind, flags, b" <!-- a  -->") for rule in (0, 1, 2) for kind in (4, 5) for flags in _FLAGS]
    cases += [(rule, kind, 0, b" a  b ") for rule in (0, 1, 2, 3, 7, 128, 255) for kind in range(10)]
    cases += [(rule, kind, flags, data) for rule in (4, 6) for kind in (2, 3) for flags in (0, 0x80) for data in _TAGS]
    cases += [(3, 4, flags, data) for flags in _FLAGS for data in (b" ", b"\n\t\r ", b"\f", b" a", b" " * 1024)]
    cases += [(5, 3, flags, data) for flags in (0, LAST, FOREIGN, PRESERVE, 1, 64) for data in _ENDS]
    cases += [(7, 8, flags, data) for flags in _STYLE_FLAGS for data in _STYLES]
    source = random.Random(2)
    for _ in range(250):
        flags, data = hostile.style(source)
        cases.append((7, 8, flags, data[:200]))
    for _ in range(250):
        kind, flags, data = hostile.tag(source)
        if len(data) < 1000:
            cases += [(4, kind, flags, data), (6, kind, flags, data)]
    for _ in range(150):
        kind, flags, data = hostile.piece(source)
        cases.append((source.choice((1, 2, 2)), source.choice((4, 5, kind)), flags & 0xFF80, data[:200] or b" "))
    return {"rules": [_case(*case) for case in dict.fromkeys(cases)]}


def _case(rule: int, kind: int, flags: int, data: bytes) -> dict[str, Any]:
    try:
        result = rewrite(rule, kind, flags, data)
    except Refused:
        allowed, result = False, b""
    else:
        allowed = True
    return {
        "allowed": allowed,
        "data": "0x" + data.hex(),
        "emits": bool(result),
        "flags": flags,
        "kind": kind,
        "out": "0x" + result.hex(),
        "rule": rule,
    }
