"""White space that begins or ends a line at every width, and so never shows.

It stands between blocks, at their edges, between the parts of a table, in a flex or grid container. A text of nothing
else goes as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core_ext import TEXT
from core_ext.constants import ATTESTED_TEXT, DROP_WS_TEXT
from optimizer.boxes import PROPERTIES, boxes_of
from optimizer.css import PageIndex, ScriptNames, Sheet, declarations, styled
from optimizer.document import SPACE
from optimizer.edits import Edit
from optimizer.native.page_tree import PageTree
from optimizer.native.skeleton import GONE
from optimizer.native.spaces import KEEPS_SPACE, LEADING, TRAILING, hidden_spaces
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_CHUNK = 64
_RUN = re.compile(rb"[\t\n\r ]+")


def decide(view: View) -> Decision:
    """Chooses the white space that no line shows."""
    document = view.document
    if view.has_unread_sheets:
        return Decision(kept=(Kept("style_not_read", document.kinds.count(TEXT)),))
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", document.kinds.count(TEXT)),))
    places = view.preserving
    if places is None:
        return Decision(kept=(Kept("cannot_tell", document.kinds.count(TEXT)),))
    tree, rows = view.tree, view.rows
    sheets = [Sheet(text) for text in view.style_texts()]
    # Classes that scripts might put on any element would make every box unknown. What they do put on hides or shows a
    # box as a whole far more often than it makes a line of blocks, and the white space beside those stays.
    styles = styled(sheets, PageIndex(tree), ScriptNames(), PROPERTIES)
    inline = _inline_styles(tree)
    if inline is None:
        return Decision(kept=(Kept("cannot_tell", document.kinds.count(TEXT)),))
    boxes = boxes_of(tree, styles, inline)
    for start_tag in places.start_tags:
        row = rows[start_tag]
        for inside in range(row, tree.ends[row]) if row >= 0 else ():
            boxes[inside] |= KEEPS_SPACE
    told = hidden_spaces(tree, boxes)
    texts: dict[int, list[int]] = {}
    for index in document.indexes(TEXT):
        row = rows[index]
        if row >= 0 and told[row]:
            texts.setdefault(row, []).append(index)
    edits: list[Edit] = []
    for row, indexes in texts.items():
        edits += _trimmed(view, row, indexes, told[row])
    return Decision(edits=edits)


def _trimmed(view: View, row: int, indexes: list[int], ends: int) -> Iterator[Edit]:
    """What to do with the tokens of one text whose white space at these ends never shows."""
    document = view.document
    page, starts = document.page, document.starts
    tokens = {index: page[starts[index] : starts[index + 1]] for index in indexes}
    filled = [index for index in indexes if tokens[index].strip(SPACE)]
    is_gone = not filled and not view.tree.text(row).strip(SPACE)
    if not filled and not is_gone:
        return
    first = filled[0] if filled and ends & LEADING else None
    last = filled[-1] if filled and ends & TRAILING else None
    for index in indexes:
        token, group = tokens[index], f"hidden_white_space:{index // _CHUNK}"
        start, stop = starts[index], starts[index + 1]
        is_outside = (first is not None and index < first) or (last is not None and index > last)
        if is_gone or is_outside:
            fate = (row, GONE) if is_gone and index == indexes[0] else (-1, 0)
            yield Edit(start, stop, b"", DROP_WS_TEXT, group, *fate)
        elif b"\f" not in token:
            begins, ends_here = index == first and token[0] in SPACE, index == last and token[-1] in SPACE
            if begins or ends_here:
                # The rest is collapsed here too: a token has one rule.
                left = token.lstrip(SPACE) if begins else token
                left = _RUN.sub(_shortest, left.rstrip(SPACE) if ends_here else left)
                yield Edit(start, stop, left, ATTESTED_TEXT, group)


def _shortest(run: re.Match[bytes]) -> bytes:
    """One line end for a run of white space that holds one, else one space, as COLLAPSE_WS has it."""
    return b"\n" if b"\n" in run[0] or b"\r" in run[0] else b" "


def _inline_styles(tree: PageTree) -> dict[int, list[tuple[bytes, bytes]]] | None:
    """The style attributes by row; None where one is not understood."""
    if "style" not in tree.attribute_words:
        return {}
    number = tree.attribute_words.index("style")
    found: dict[int, list[tuple[bytes, bytes]]] = {}
    spent: dict[bytes, list[tuple[bytes, bytes]]] = {}
    firsts = tree.first_attributes
    row = 0
    for place, name in enumerate(tree.attribute_names):
        if name != number:
            continue
        while firsts[row + 1] <= place:
            row += 1
        value = tree.value(place)
        if value not in spent:
            told = declarations(value)
            if told is None:
                return None
            spent[value] = [each for each in told if each[0] in PROPERTIES]
        if spent[value]:
            found[row] = spent[value]
    return found


PASS = Pass(
    name="hidden_white_space",
    rule=DROP_WS_TEXT,
    rule_name="DROP_WS_TEXT",
    standing="attested",
    finds="white space at the edges of lines: between blocks, table parts, flex and grid items",
    changes="drops it",
    decide=decide,
)
