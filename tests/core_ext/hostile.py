"""Bytes that look like HTML and are meant to break a lexer: fragments, and ways to put them together."""

from __future__ import annotations

import random

from reference_lexer import CDATA_OK, CSS, CSS_AT, CSS_HEAD, CSS_IN_GROUP, FOREIGN, LAST

# White-space parts them; a tab inside one is written \t.
_MARKUP = rb"""
< > </ <!-- --> --!> <!--> <!---> - ! " ' = / a u # @ ] ) ( { } ; \ /* */ url( URL(" &amp &#3 & ; x
<p> </p> <br> </br> <svg> </svg> <math> </math> <mi> <desc> <g> <g/> <g\ta=/> <foreignObject> <font\tcolor=x>
<annotation-xml\tencoding="text/html"> <annotation-xml> <title> </title> <script> </script> </SCRIPT\t <script </script
<style> </style> </style/ <style>a{} <style>@media\tx{ @media\tx{ @IMPORT @layer @layer\ta; @\\media{ a{b:c} a{b:"}"}
<textarea> </textarea\t> <pre> </pre> <listing> <plaintext> <iframe> </iframe> <xmp> <noscript> </noscript> ..{
<table> <tr> </table> <select> <![CDATA[ ]]> ]] <![CDATA[x]]> <!doctype <!DOCTYPE\thtml> <? <?x> <!x> </\t> </>
<!--[if\tIE]> <![endif]> <!--#include> <a\tb='c'd> <a\tb="> <a/b> <input\ta=/> <a\t=b>
"""
_SPACES = (b" ", b"\n", b"\r", b"\r\n", b"\f", b"\t", b"  \n  ", b"\\\n", b"\\\r\n", b"\n\n")
FRAGMENTS = (*(part.replace(rb"\t", b"\t") for part in _MARKUP.split()), *_SPACES, b"\x00", b"\xff", b"\xc2\xa0")
LONG: tuple[bytes, ...] = (
    b"x" * 1020,
    b" " * 1022,
    b"\n" * 1024,
    b"<" * 1021,
    b"a{b:c}" * 170,
    b"-" * 1023,
    b"&" + b"a" * 1030,
)
# What a fresh piece of each kind begins with.
OPENINGS = {1: b"<!doctype", 2: b"<a", 3: b"</a", 5: b"<!--", 7: b"<![CDATA["}
STATES = {1: (16, 16), 2: (1, 10), 3: (1, 10), 4: (0, 0), 5: (11, 15), 6: (20, 54), 7: (17, 19), 8: (64, 86)}


def page(source: random.Random, most: int = 60) -> bytes:
    """A page of up to `most` fragments, now and then with a long one among them."""
    parts = source.choices(FRAGMENTS, k=source.randint(1, most))
    if source.random() < 0.3:
        parts.insert(source.randrange(len(parts)), source.choice(LONG))
    return b"".join(parts)


# What rules on neighbours and on selectors look at.
_NESTED = rb"""
<p> </p> <li> </li> <ul> </ul> <div> </div> <td> </td> <tr> </tr> <table> </table> <tbody> </tbody> <option> </option>
<select> </select> <b> </b> <html> <head> </head> <body> </body> <meta> <title>x</title> <hr> <dd> </dd> <dl> </dl> <th>
<p\tclass=a> <li\tid=b> <div\tclass="x\tA"> <b\tc> <td\tclass=&a;> <svg> </svg> <!--\tc\t--> <!doctype> text </li\t>
</p/> <style>.a{}</style> <style>.a\tb{c:d}.z{e:f}#b{}</style> <style>@media\tx{.y{}b>[c]{}}</style> <style>p,.q{}i{}
"""
_NESTED_PARTS = tuple(part.replace(rb"\t", b"\t") for part in _NESTED.split())


def nested_page(source: random.Random, most: int = 40) -> bytes:
    """A page of tags that close and open each other, with white-space between them and styles for them."""
    parts = [
        part for _ in range(source.randint(1, most)) for part in (source.choice(_NESTED_PARTS), source.choice(_GAPS))
    ]
    if source.random() < 0.1:
        parts.insert(source.randrange(len(parts)), b"<p a='" + b"x" * 1100 + b"' class=a>")
    if source.random() < 0.1:
        parts.append(
            b"<style>.w{a:" + b"url(" * source.randint(0, 1) + b"x" * 1100 + b")" * source.randint(0, 1) + b"}.v{}"
        )
    return b"".join(parts)


_GAPS = (b"", b"", b" ", b"\n", b"\n  ", b"\f")
_SELECTORS = rb""".a #b c * p [d] [d=e] [d^='x\ty'\ti] :e ::f :not(.a) :is([x],(y)) > + ~ , { } / < @ \ \: md\:x
url( url(' ') ) ( [ ] ' " a:b; - -- _ 1 /* */ img tbody {x:y} .A\:b""".split()
_STYLE_PARTS = (*(part.replace(rb"\t", b"\t") for part in _SELECTORS), b" ", b" ", b"\n", b"\xff", b"\0")


def style(source: random.Random) -> tuple[int, bytes]:
    """Flags and bytes of what may be a style rule, or a later piece of one."""
    data = b"".join(source.choices(_STYLE_PARTS, k=source.randint(1, 14)))
    if source.random() < 0.5:
        data = b".a{" + data
    if source.random() < 0.5:
        data += b"{" + b"".join(source.choices(_STYLE_PARTS, k=source.randint(0, 6))) + b"}"
    flags = source.choice([64, 64, 64, 64, source.randint(64, 90)])
    return flags | source.choice([0, 0x400, 0x800, 0x1C00, 0x4400, CSS_AT, CSS_HEAD]), data


_TAG_NAMES = (b"a", b"A", b"script", b"style", b"link", b"form", b"svg", b"Math", b"x-y", b"input", b'p"')
_TAG_PARTS = (
    *rb"""a B class Class id onclick on onabcdefghijklmnopqrstuvwxyzabcdefghi type media method language disabled
    checked = = = " " ' ' / "" ='' ="x" =y &amp; & amp; text/css text/javascript all get DISABLED < ` 1 # ="all"
    ="text/javascript" ="" ="disabled" x/""".split(),
    *(b" ", b" ", b"\n", b"\0", b"\xff", b"\x7f", b"\x0f", b'class=" \n"'),
)


def tag(source: random.Random) -> tuple[int, int, bytes]:
    """Kind, flags and bytes of a tag, whole more often than not."""
    kind = source.choice([2, 2, 2, 2, 3])
    data = b"<" if kind == 2 else b"</"
    data += source.choice(_TAG_NAMES)
    for _ in range(source.randint(0, 12)):
        data += source.choice([b"", b"", b" ", b"/"]) + source.choice(_TAG_PARTS)
    if source.random() < 0.02:
        data += b"x" * 1024
    return kind, source.choice([0, 0, 0, FOREIGN, 1]), data + b">"


def piece(source: random.Random) -> tuple[int, int, bytes]:
    """Kind, flags and bytes that are a legal piece about one time in three."""
    kind = source.choice([1, 2, 3, 4, 5, 6, 7, CSS, CSS, CSS, source.randint(0, 255)])
    low, high = STATES.get(kind, (0, 127))
    fresh = 64 if kind == CSS else 0
    state = source.choice([source.randint(low, high)] * 6 + [fresh] * 4 + [source.randint(0, 127)])
    extras = [0, 0, LAST, CDATA_OK, LAST | CDATA_OK, 0x3000, source.randint(0, 0x1FF) << 7]
    if kind == CSS:
        extras = [0, 0, CSS_IN_GROUP, CSS_AT, CSS_AT | CSS_HEAD, source.randint(0, 63) << 10]
    data = page(source, source.choice([1, 2, 4, 30]))
    if state == 0 and source.random() < 0.8:
        data = OPENINGS.get(kind, b"") + data
    length = source.random()
    if length < 0.25:
        data = (data * 1024)[:1024]
    elif length < 0.95:
        data = data[:1024]
    if source.random() < 0.4 and kind in (1, 2, 3, 5):
        data = data.replace(b">", b"")[:1023] + b">"
    return kind, state | source.choice(extras), data
