"""Pages that nobody would write: every input of the html5lib tests, and pages mutated and spliced from others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.optimizer.chance import a_page, a_sheet

__all__ = ["ROOT", "a_hostile_page", "html5lib_inputs"]

ROOT = Path(__file__).resolve().parents[2]
_DATA = re.compile(rb"(?:\A|\n)#data\n(.*?)\n#errors", re.S)
_CUT = re.compile(rb"(?=<)|(?<=>)")
_PIECES = [
    *(b"<p>", b"</p>", b"<b>", b"</b>", b"<a href='#x'>", b"</a>", b"<table>", b"<tr><td>", b"</table>", b"<ul><li>"),
    *(
        b"<pre>",
        b"</pre>",
        b"<textarea>",
        b"</textarea>",
        b"<select><option>",
        b"</select>",
        b"<svg viewBox='0 0 9 9'>",
    ),
    *(b"</svg>", b"<math><mi>", b"</math>", b"<template>", b"</template>", b"<noscript>", b"</noscript>", b"<title>"),
    *(
        b"<path d='M 0 0 L 10 10'/>",
        b"<foreignObject>",
        b"<annotation-xml encoding=text/html>",
        b"<desc>",
        b"<frameset>",
    ),
    *(b"<!-- two words -->", b"<!--[if IE]>x<![endif]-->", b"<![CDATA[ x ]]>", b"<!doctype html>", b"<?xml?>", b"</>"),
    *(
        b" ",
        b"  \n",
        b"\t",
        b"\f",
        b"\r\n",
        b"\0",
        b"\xff\xfe",
        b"\xc3",
        b"&amp",
        b"&lt;",
        b"&#0;",
        b"&notin;",
        b"&copy=",
    ),
    *(b" class='a  b'", b" style='color : red ; color:blue'", b" id=x", b" data-k='{\"a\": 1}'", b" onclick='f( 1 )'"),
    *(
        b"<script>if (a < b && c) { let long = 1 ; document.title = long }</script>",
        b"<script>x <!-- <script> </script>",
    ),
    *(b'<script type=application/ld+json>{ "a" : [ 1.0 , 2 ] }</script>', b"<script type=module>import './a'</script>"),
    *(
        b"<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
        b"<img src=\"data:image/gif,x y\" alt=''>",
        b"<input disabled=''>",
    ),
    *(
        b"<div hidden>",
        b"<div><div><div>",
        b"</div></div>",
        b"<span></span>",
        b"<details><summary>",
        b"<dialog>",
        b"<br/>",
    ),
    *(b"x" * 1030, b" " * 1030, b"word " * 210, b"\xe4\xb8\xad\n\xe6\x96\x87", b"<plaintext>", b"<iframe>", b"<xmp>"),
]


def html5lib_inputs() -> Iterator[bytes]:
    """The input of every test there is, once."""
    folder = ROOT.parent / "shared" / "html5lib-tests"
    found: dict[bytes, None] = {}
    for path in sorted((folder / "tree-construction").rglob("*.dat")):
        found.update(dict.fromkeys(_DATA.findall(path.read_bytes())))
    for path in sorted((folder / "tokenizer").glob("*.test")):
        content = json.loads(path.read_text())
        for test in content.get("tests", content.get("xmlViolationTests", [])):
            found[test["input"].encode("utf-8", "surrogatepass")] = None
    yield from found


def a_hostile_page(chance: Random, seeds: list[bytes]) -> bytes:
    """A page of random parts, or a piece of a real one with bytes dropped, doubled, moved and changed."""
    if not seeds or chance.random() < 0.5:
        parts = [a_page(chance).encode()] if chance.random() < 0.5 else []
        if chance.random() < 0.6:
            parts.append(b"<style>%b</style>" % a_sheet(chance).encode())
        parts += [chance.choice(_PIECES) for _ in range(chance.randint(0, 25))]
        chance.shuffle(parts)
        return b"".join(parts)
    seed = chance.choice(seeds)
    start = chance.randrange(max(1, len(seed) - 4000))
    parts = _CUT.split(seed[start : start + chance.randint(1, 4000)])
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(parts))
        kind = chance.randrange(5)
        if kind == 0:
            parts[place] = b""
        elif kind == 1:
            parts.insert(place, chance.choice(_PIECES))
        elif kind == 2:
            parts[place] *= 2
        elif kind == 3:
            other = chance.randrange(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
        elif parts[place]:
            changed = bytearray(parts[place])
            changed[chance.randrange(len(changed))] = chance.randrange(256)
            parts[place] = bytes(changed)
    return b"".join(parts)
