"""What box each element may make, as far as HTML and the page's own styles tell, over all states and widths."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence

from optimizer.native.page_tree import HTML, MATH, SVG, PageTree
from optimizer.native.spaces import (
    INSIDE_BLOCK,
    INSIDE_FLEX,
    INSIDE_INLINE,
    INSIDE_TABLE,
    KEEPS_SPACE,
    LINE_BREAK,
    MAY_GENERATE,
    MAY_LEAVE_FLOW,
    NOT_SHOWN,
    OUTSIDE_BLOCK,
    OUTSIDE_INLINE,
    OUTSIDE_PART,
    UNKNOWN,
)

__all__ = ["PROPERTIES", "boxes_of", "boxes_unseen"]

PROPERTIES = frozenset([b"display", b"float", b"position", b"content", b"list-style", b"list-style-position", b"all"])
_IN_FLOW = frozenset([b"static", b"relative", b"sticky", b"-webkit-sticky", b"initial", b"unset"])

_BLOCK = OUTSIDE_BLOCK | INSIDE_BLOCK
_INLINE = OUTSIDE_INLINE | INSIDE_INLINE
_ROW = OUTSIDE_PART | INSIDE_TABLE
_CELL = OUTSIDE_PART | INSIDE_BLOCK
_DISPLAYS = {
    **dict.fromkeys(["block", "flow-root", "list-item"], _BLOCK),
    **dict.fromkeys(["flex", "grid", "-webkit-flex", "-webkit-box"], OUTSIDE_BLOCK | INSIDE_FLEX),
    **dict.fromkeys(["inline-flex", "inline-grid", "-webkit-inline-flex"], OUTSIDE_INLINE | INSIDE_FLEX),
    "-webkit-inline-box": OUTSIDE_INLINE | INSIDE_FLEX,
    **dict.fromkeys(["inline-block"], OUTSIDE_INLINE | INSIDE_BLOCK),
    **dict.fromkeys(["inline", "initial", "unset"], _INLINE),
    "table": OUTSIDE_BLOCK | INSIDE_TABLE,
    "inline-table": OUTSIDE_INLINE | INSIDE_TABLE,
    **dict.fromkeys(["table-row", "table-row-group", "table-header-group", "table-footer-group"], _ROW),
    **dict.fromkeys(["table-cell", "table-caption"], _CELL),
    "none": NOT_SHOWN,
    # Vendors' words that no browser of today knows: the declaration does not count.
    **dict.fromkeys(["-ms-flexbox", "-ms-grid", "-ms-inline-flexbox"], 0),
    **dict.fromkeys(["-moz-box", "-moz-inline-box", "-moz-inline-stack"], 0),
}  # fmt: skip
# WHATWG HTML 15.3, the user agent's style sheet.
_BLOCKS = """
    html body address blockquote center dialog div figure figcaption footer form header hr legend listing main p
    plaintext search xmp article aside h1 h2 h3 h4 h5 h6 hgroup nav section dir dd dl dt menu ol ul li details fieldset
    optgroup option frameset frame
"""
_HIDDEN = """
    area base basefont head link meta noembed noframes param rp script style template title source track
"""
_BY_NAME = {
    **dict.fromkeys(_BLOCKS.split(), _BLOCK),
    **dict.fromkeys(_HIDDEN.split(), NOT_SHOWN),
    # A marker inside may stand on the first line.
    "summary": _BLOCK | MAY_GENERATE,
    "pre": _BLOCK | KEEPS_SPACE,
    "textarea": OUTSIDE_INLINE | INSIDE_BLOCK | KEEPS_SPACE,
    "table": OUTSIDE_BLOCK | INSIDE_TABLE,
    **dict.fromkeys(["tr", "tbody", "thead", "tfoot", "colgroup", "col"], _ROW),
    **dict.fromkeys(["td", "th", "caption"], _CELL),
    **dict.fromkeys(["button", "meter", "progress"], OUTSIDE_INLINE | INSIDE_BLOCK),
    **dict.fromkeys(["select", "datalist"], OUTSIDE_INLINE | INSIDE_TABLE),
    "br": LINE_BREAK | _INLINE,
    # What is inside noscript is text where scripts run.
    **dict.fromkeys(["wbr", "ruby", "rt", "rb", "rtc", "slot", "noscript"], UNKNOWN),
}
# Inside SVG white space shows in these only; elsewhere there is no text.
# In lower case, as the parser keeps local names.
_SVG_TEXT = frozenset(["text", "tspan", "textpath", "tref", "a", "title", "desc", "style", "script", "foreignobject"])

_FOREIGN = re.compile(b"[%b%b]" % (re.escape(bytes([SVG])), re.escape(bytes([MATH]))))


def boxes_of(
    tree: PageTree,
    styles: Iterable[tuple[bytes, bytes, Sequence[int], bool, bytes]],
    inline: dict[int, list[tuple[bytes, bytes]]],
) -> array[int]:
    """For each row the bits of optimizer.native.spaces.

    `styles` as optimizer.css.styled gives them; `inline` holds the style attributes by row.
    """
    by_number = [*(_BY_NAME.get(word, _INLINE) for word in tree.name_words), 0]  # the last for no element: -1
    boxes = array("H", map(by_number.__getitem__, tree.names))
    if SVG in tree.spaces or MATH in tree.spaces:
        _put_foreign(tree, boxes)
    decided: dict[int, int] = {}
    surely: set[int] = set()
    for name, value, rows, is_certain, pseudo in styles:
        bits = _bits(name, value, pseudo)
        if not bits:
            continue
        if is_certain and name == b"display" and not pseudo:
            surely.update(rows)
        for row in rows:
            decided[row] = decided.get(row, 0) | bits
    for row, declared in inline.items():
        for name, value in declared:
            bits = _bits(name, value, b"")
            decided[row] = decided.get(row, 0) | bits
            if name == b"display" and bits:
                surely.add(row)
    for row, bits in decided.items():
        if tree.spaces[row] != HTML:
            boxes[row] |= bits & UNKNOWN
        elif row in surely:
            boxes[row] = bits | boxes[row] & (LINE_BREAK | KEEPS_SPACE | MAY_LEAVE_FLOW | MAY_GENERATE)
        else:
            boxes[row] |= bits
    return boxes


def boxes_unseen(tree: PageTree) -> array[int]:
    """The same where styles are not read: what no style shows, the page's outermost box, and nothing of all others."""
    by_number = [*(_BY_NAME["html"] if word == "html" else _unseen(word) for word in tree.name_words), 0]
    boxes = array("H", map(by_number.__getitem__, tree.names))
    if SVG in tree.spaces or MATH in tree.spaces:
        _put_foreign(tree, boxes)
    return boxes


def _unseen(word: str) -> int:
    return NOT_SHOWN if _BY_NAME.get(word) == NOT_SHOWN else UNKNOWN


def _put_foreign(tree: PageTree, boxes: array[int]) -> None:
    """SVG shows text in few of its elements, MathML in others; white space between the rest is nothing."""
    for found in _FOREIGN.finditer(tree.spaces):
        row, space = found.start(), found[0][0]
        if tree.names[row] < 0:
            continue
        if space != SVG:
            boxes[row] = UNKNOWN
        elif tree.spaces[tree.parents[row]] != SVG:
            boxes[row] = OUTSIDE_INLINE | INSIDE_FLEX
        else:
            boxes[row] = NOT_SHOWN | (UNKNOWN if tree.name(row) in _SVG_TEXT else 0)


def _bits(name: bytes, value: bytes, pseudo: bytes) -> int:
    """What a declaration adds to what a box may be."""
    if pseudo:
        if pseudo not in (b"before", b"after"):
            return 0
        return MAY_GENERATE if name == b"content" and value not in (b"none", b"normal") else 0
    if name == b"display":
        return _DISPLAYS.get(value.decode("latin-1"), UNKNOWN)
    if name == b"float":
        return 0 if value in (b"none", b"initial", b"unset") else MAY_LEAVE_FLOW
    if name == b"position":
        return 0 if value in _IN_FLOW else MAY_LEAVE_FLOW
    if name in (b"list-style", b"list-style-position"):
        return MAY_GENERATE if b"inside" in value or b"var(" in value else 0
    return UNKNOWN if name == b"all" else 0
