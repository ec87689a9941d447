"""The slow oracle's sets of element names for the rules on neighbours: docs/lexer.md, "Families"."""

from __future__ import annotations

BLOCK = set(
    b"address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    b"h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul".split()
)
PART = set(b"caption colgroup col tbody tfoot thead tr td th".split())
EDGE = PART | set(b"html head body form script style link meta base template noscript title".split())
WRAP = set(b"colgroup tbody tfoot thead tr".split())
HEAD = set(b"html head body base link meta title style script".split())

# Elements whose end tag may be left out, by their bit; those in one row share it.
OWN: tuple[set[bytes], ...] = (
    *({b"li"}, {b"dt"}, {b"dd"}, {b"p"}, {b"option"}, {b"optgroup"}, {b"tr"}, {b"td", b"th"}, {b"thead"}, {b"tbody"}),
    *({b"tfoot"}, {b"caption"}, {b"colgroup"}, {b"head"}, {b"rt", b"rp"}),
)
_CLOSES_P = BLOCK - {b"table", b"summary"}
# By the same bits: start tags before which it may, and elements at whose end it may.
STARTS: tuple[set[bytes], ...] = (
    *({b"li"}, {b"dt", b"dd"}, {b"dt", b"dd"}, _CLOSES_P, {b"option", b"optgroup"}, {b"optgroup"}, {b"tr"}),
    *({b"td", b"th"}, {b"tbody", b"tfoot"}, {b"tbody", b"tfoot"}, {b"tbody"}),
    *([{b"colgroup", b"thead", b"tbody", b"tfoot", b"tr"}] * 2),
    *({b"body"}, set()),
)
ENDS: tuple[set[bytes], ...] = (
    *({b"ul", b"ol", b"menu", b"dir"}, set(), {b"dl"}, (_CLOSES_P - {b"p", b"hr"}) | {b"td", b"th"}),
    *({b"select", b"optgroup"}, {b"select"}, {b"tbody", b"thead", b"tfoot", b"table"}, {b"tr"}, set(), {b"table"}),
    *({b"table"}, set(), set(), set(), {b"ruby"}),
)
TRAITS: tuple[tuple[str, set[bytes]], ...] = (
    ("BLOCK", BLOCK),
    ("EDGE", EDGE),
    ("PART", PART),
    ("WRAP", WRAP),
    ("HEAD", HEAD),
)
NAMES = sorted(BLOCK | EDGE | HEAD | set().union(*OWN, *STARTS, *ENDS))


def bits(name: bytes, rows: tuple[set[bytes], ...]) -> int:
    """One bit a row that has the name."""
    return sum(1 << bit for bit, names in enumerate(rows) if name in names)
