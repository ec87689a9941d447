"""White space that begins or ends a line at every width, and so never shows.

It stands between blocks, at their edges, between the parts of a table, in a flex or grid container. A text of nothing
else goes as a whole. Where a style sheet is not read, a box may be anything: then it goes in the head and in drawings.
"""

from __future__ import annotations

from core_ext import TEXT
from core_ext.constants import ATTESTED_TEXT, DROP_WS_TEXT
from optimizer.boxes import PROPERTIES, boxes_of, boxes_unseen
from optimizer.css import ScriptNames, Sheet, declarations, styled
from optimizer.native.page_tree import PageTree
from optimizer.native.spaces import hidden_spaces, trims
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the white space that no line shows."""
    document = view.document
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", document.kinds.count(TEXT)),))
    keeping = view.preserving
    if keeping is None:
        return Decision(kept=(Kept("cannot_tell", document.kinds.count(TEXT)),))
    tree = view.tree
    if view.has_unread_sheets:
        told = hidden_spaces(tree, boxes_unseen(tree), keeping)
        edits = trims(document.tokens, document.page, view.rows, tree, told, DROP_WS_TEXT, ATTESTED_TEXT)
        return Decision(edits=edits, kept=(Kept("style_not_read", document.kinds.count(TEXT) - len(edits)),))
    sheets = [Sheet(text) for text in view.style_texts()]
    # Classes that scripts might put on any element would make every box unknown. What they do put on hides or shows a
    # box as a whole far more often than it makes a line of blocks, and the white space beside those stays.
    styles = styled(sheets, view.index, ScriptNames(), PROPERTIES)
    inline = _inline_styles(tree)
    if inline is None:
        return Decision(kept=(Kept("cannot_tell", document.kinds.count(TEXT)),))
    told = hidden_spaces(tree, boxes_of(tree, styles, inline), keeping)
    return Decision(edits=trims(document.tokens, document.page, view.rows, tree, told, DROP_WS_TEXT, ATTESTED_TEXT))


def _inline_styles(tree: PageTree) -> dict[int, list[tuple[bytes, bytes]]] | None:
    """The style attributes by row; None where one is not understood."""
    if "style" not in tree.attribute_words:
        return {}
    found: dict[int, list[tuple[bytes, bytes]]] = {}
    spent: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for place, row in tree.places_of([tree.attribute_words.index("style")]):
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
