"""Golden vectors of selectors: which start tags the compounds of a style rule fit, one tag a compound."""

from __future__ import annotations

import random
from typing import Any

import hostile
from reference_selectors import _fits, selectors

_RULES = (
    *(b".a{", b"#a{}", b"a{}", b"[a]{}", b"*.a{}", b"p{}", b"p.a{}", b"img{}", b"image{}", b"img.a,image.a{}"),
    *(b".a .b{}", b".a>.b{}", b".a+.b .c{}", b".a~.b,.c{}", b"* .b{}", b"tbody>tr.b{}", b".a :hover .b{}"),
    *(b".a::before:not([b],(c)){}", b".md\\:x{}", b".\\31 0{}", b".-a,.--a{}", b".-a{}", b"[a='b\"']{}", b"[a~=b i]{}"),
    *(b"[a=b{}]{}", b".a:url(x){}", b".a:b(url(x)){}", b".a,{}", b">.a{}", b".a/**/{}", b".\xff{}", b"a|b{}", b"&{}"),
)
_TAGS = (
    *(b"<a class=a>", b"<A CLASS='x A'>", b"<b id=a>", b"<b id='a b'>", b"<c a>", b"<c a=b/class=b>", b"<image>"),
    *(b"<p class='&am;'>", b"<p id=&>", b"<p title=&>", b'<c class="b\nc\tmd:x">', b"<c class=-a", b"<image class=a>"),
    *(b"<" + b"a" * 40 + b" class=" + b"b" * 40 + b">", b"<c class=a class=b>", b"<c class= >", b"<svg a:b=c>"),
)


def vectors() -> dict[str, Any]:
    """Rules with tags for one of their selectors, the element first."""
    source = random.Random(8)
    cases = [(rule, (tag,)) for rule in _RULES for tag in _TAGS]
    cases += [(b"." + b"b" * 40 + b"{", (_TAGS[13],)), (b"." + b"b" * 39 + b"{", (_TAGS[13],))]
    cases += [(rule, tuple(source.choices(_TAGS, k=2))) for rule in _RULES for _ in range(4)]
    for _ in range(150):
        rule = hostile.style(source)[1][:200]
        cases.append((rule, tuple(source.choices(_TAGS, k=source.choice([1, 1, 2])))))
    return {"selectors": [_case(*case) for case in dict.fromkeys(cases)]}


def _case(rule: bytes, tags: tuple[bytes, ...]) -> dict[str, Any]:
    read = selectors(rule)
    fits = read is not None and any(
        len(selector) == len(tags)
        and all(_fits(compound, tag) for compound, tag in zip(reversed(selector), tags, strict=True))
        for selector in read[0]
    )
    return {
        "fits": fits,
        "isRead": read is not None,
        "rule": "0x" + rule.hex(),
        "tags": ["0x" + tag.hex() for tag in tags],
    }
