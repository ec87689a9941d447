"""What box each element may make, as far as HTML and the page's own styles tell, over all states and widths."""

from __future__ import annotations

from array import array

from optimizer.native.page_tree import HTML, SVG, PageTree
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
from optimizer.styled import Styled

__all__ = ["PROPERTIES", "boxes_of"]

PROPERTIES = frozenset(["display", "float", "position", "content", "list-style", "list-style-position", "all"])

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
_SVG_TEXT = frozenset(["text", "tspan", "textPath", "tref", "a", "title", "desc", "style", "script", "foreignObject"])


def boxes_of(tree: PageTree, styles: list[Styled], inline: dict[int, list[tuple[str, str]]]) -> array[int]:
    """For each row the bits of optimizer.native.spaces; `inline` holds the style attributes by row."""
    by_number = [_BY_NAME.get(word, _INLINE) for word in tree.name_words]
    initial = [by_number[number] if number >= 0 else 0 for number in tree.names]
    boxes = array("H", initial)
    svg = [word in _SVG_TEXT for word in tree.name_words]
    for row, space in enumerate(tree.spaces):
        if space == SVG and tree.names[row] >= 0:
            is_root = tree.spaces[tree.parents[row]] != SVG
            inside = UNKNOWN if svg[tree.names[row]] else 0
            boxes[row] = OUTSIDE_INLINE | INSIDE_FLEX if is_root else NOT_SHOWN | inside
        elif space != HTML and tree.names[row] >= 0:
            boxes[row] = UNKNOWN
    decided: dict[int, int] = {}
    surely: set[int] = set()
    for style in styles:
        if style.is_generated:
            if style.value not in ("none", "normal"):
                for row in style.rows:
                    decided[row] = decided.get(row, 0) | MAY_GENERATE
            continue
        bits, is_display = _bits(style.property, style.value)
        if is_display and bits:
            surely |= style.certain
        for row in style.rows if bits else ():
            decided[row] = decided.get(row, 0) | bits
    for row, declared in inline.items():
        for name, value in declared:
            bits, is_display = _bits(name, value)
            decided[row] = decided.get(row, 0) | bits
            if is_display and bits:
                surely.add(row)
    flow = MAY_LEAVE_FLOW | MAY_GENERATE
    for row, bits in decided.items():
        if tree.spaces[row] != HTML:
            boxes[row] |= bits & UNKNOWN
        elif row in surely:
            boxes[row] = bits | boxes[row] & (LINE_BREAK | KEEPS_SPACE | flow)
        else:
            boxes[row] |= bits
    return boxes


def _bits(name: str, value: str) -> tuple[int, bool]:
    """What a declaration adds to what a box may be, and whether it is about `display`."""
    if name == "display":
        words = value.split()
        # Of two words the order is free; `list-item` and `flow` say no more than block.
        if len(words) > 1:
            return UNKNOWN, True
        return _DISPLAYS.get(value, UNKNOWN), True
    if name == "float":
        return (0 if value in ("none", "initial", "unset") else MAY_LEAVE_FLOW), False
    if name == "position":
        return (0 if value in ("static", "relative", "sticky", "-webkit-sticky", "initial") else MAY_LEAVE_FLOW), False
    if name in ("list-style", "list-style-position"):
        return (MAY_GENERATE if "inside" in value or "var(" in value else 0), False
    if name == "all":
        return UNKNOWN, False
    return 0, False
