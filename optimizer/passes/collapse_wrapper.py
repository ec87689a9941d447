"""Wrappers that make the very box of their only child: a bare div around one block, in a block.

The child then stands where the wrapper stood: same width, same margins, same inheritance. So it is only where nothing
else can tell: no script runs, every style sheet is read and none looks at parents, neighbours or numbers of children,
no style but harmless ones gives the wrapper anything, and the child's own styles do not ask how high its parent is.
"""

from __future__ import annotations

import re
from array import array

from core_ext.constants import ATTESTED_STRUCTURE
from optimizer.boxes import PROPERTIES, boxes_of
from optimizer.css import UNKNOWN, ScriptNames, Sheet, declarations, styled
from optimizer.edits import Edit
from optimizer.native.page_tree import ELEMENT, HTML, TEXT, PageTree
from optimizer.native.skeleton import UNWRAPPED
from optimizer.native.spaces import INSIDE_BLOCK, INSIDE_FLEX, INSIDE_TABLE, OUTSIDE_BLOCK, OUTSIDE_INLINE, OUTSIDE_PART
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_LOOKS_AROUND = re.compile(
    rb"[>+~]|:(?:nth|first|last|only|has|empty|not|is|where|scope|host)\b|\bcounter|quotes|@container|@scope|&", re.I
)
_NAME = re.compile(rb"-?-?[a-z][-\w]*(?=[\t\n\f\r ]*:)")
_AROUND = frozenset(
    ["body", "div", "section", "article", "main", "header", "footer", "nav", "aside", "form", "td", "th"]
)
_INSIDE = frozenset(
    [
        *("div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "section", "article", "main"),
        *("header", "footer", "nav", "aside", "form", "blockquote", "figure", "address"),
    ]
)
_BLOCK = OUTSIDE_BLOCK | INSIDE_BLOCK
_CHILD_BOXES = frozenset([_BLOCK, OUTSIDE_BLOCK | INSIDE_FLEX, OUTSIDE_BLOCK | INSIDE_TABLE])
_PARENT_BOX = OUTSIDE_BLOCK | OUTSIDE_INLINE | OUTSIDE_PART | INSIDE_BLOCK
# What a child may not have: it would be measured by another parent, or stand somewhere else.
_ASKS_PARENT = re.compile(rb"(?:min-|max-)?(?:height|block-size)|position|clear|float|all|inset|top|bottom|contain")
_NOTHING = frozenset([b"0", b"0px", b"auto", b"none", b"static", b"visible"])
_HARMLESS = re.compile(rb"box-sizing|-webkit-box-sizing|-moz-box-sizing|-webkit-tap-highlight-color")
_ZERO = re.compile(rb"(?:margin|padding|border|outline)(?:-\w+)*")


def decide(view: View) -> Decision:
    """Chooses the wrappers that nothing can tell from their child."""
    tree, document = view.tree, view.document
    if view.level is Level.SAFE or document.has_scripts or view.scripts or view.has_unread_sheets:
        return Decision()
    found = [row for row in range(1, tree.count) if _child_of(tree, row) > 0]
    if not found:
        return Decision()
    texts = view.style_texts()
    if tree.quirks or any(_LOOKS_AROUND.search(_preludes(text)) for text in texts):
        return Decision(kept=(Kept("style_asks", len(found)),))
    boxes, refused = _facts(view, texts)
    edits: list[Edit] = []
    kept = 0
    for row in found:
        child = _child_of(tree, row)
        reach = None
        if _has_one_box(tree, boxes, row, child) and not refused[row] & 1 and not refused[child] & 2:
            reach = view.reach(row)
        if reach is None or len(reach) < 2 or view.closes[reach.stop - 1] != reach.start:
            kept += 1
            continue
        group = f"collapse_wrapper:{reach.start}"
        for index in (reach.start, reach.stop - 1):
            start, stop = document.starts[index], document.starts[index + 1]
            told = (row, UNWRAPPED) if index == reach.start else (-1, 0)
            edits.append(Edit(start, stop, b"", ATTESTED_STRUCTURE, group, *told))
    return Decision(edits=edits, kept=(Kept("has_a_box_of_its_own", kept),) if kept else ())


def _child_of(tree: PageTree, row: int) -> int:
    """The only child of a bare div, its row; 0 where that is no such element, or holds more."""
    if tree.types[row] != ELEMENT or tree.spaces[row] != HTML or tree.name(row) != "div":
        return 0
    if tree.first_attributes[row] != tree.first_attributes[row + 1] or tree.name(tree.parents[row]) not in _AROUND:
        return 0
    child, at = 0, row + 1
    while at < tree.ends[row]:
        if tree.types[at] == ELEMENT and not child:
            child = at
        elif tree.types[at] != TEXT or tree.text(at).strip(b"\t\n\r "):
            return 0
        at = tree.ends[at]
    return child if child and tree.spaces[child] == HTML and tree.name(child) in _INSIDE else 0


def _has_one_box(tree: PageTree, boxes: array[int], row: int, child: int) -> bool:
    around = boxes[tree.parents[row]]
    return (
        boxes[row] == _BLOCK
        and boxes[child] in _CHILD_BOXES
        and bool(around & INSIDE_BLOCK)
        and not around & ~_PARENT_BOX
    )


def _facts(view: View, texts: list[bytes]) -> tuple[array[int], bytearray]:
    """The boxes by row, and by row whether styles refuse it as a wrapper (1) or as the child of one (2)."""
    tree = view.tree
    refused = bytearray(tree.count)
    names = {name for text in texts for name in _NAME.findall(text.lower())}
    told = styled([Sheet(text) for text in texts], view.index, ScriptNames(), names | PROPERTIES)
    inline: dict[int, list[tuple[bytes, bytes]]] = {}
    if "style" in tree.attribute_words:
        for place, row in tree.places_of([tree.attribute_words.index("style")]):
            inline[row] = declarations(tree.value(place)) or [(b"all", UNKNOWN)]
    for name, value, rows, _, pseudo in told:
        bits = _refusal(name, value, pseudo)
        for row in rows if bits else ():
            refused[row] |= bits
    for row, declared in inline.items():
        for name, value in declared:
            refused[row] |= _refusal(name, value, b"")
    known = [each for each in told if each[0] in PROPERTIES]
    shown = {row: [each for each in declared if each[0] in PROPERTIES] for row, declared in inline.items()}
    return boxes_of(tree, known, {row: declared for row, declared in shown.items() if declared}), refused


def _refusal(name: bytes, value: bytes, pseudo: bytes) -> int:
    """1 where a declaration gives a wrapper something, 2 where a child with it asks for its parent."""
    value = value.partition(b"!")[0].strip()
    bits = 0
    if pseudo or not (_HARMLESS.fullmatch(name) or (_ZERO.fullmatch(name) and value in _NOTHING)):
        bits = 1
    asks = _ASKS_PARENT.fullmatch(name) is not None and value not in _NOTHING
    if not pseudo and (asks or b"inherit" in value or b"var(" in value):
        bits |= 2
    return bits


def _preludes(text: bytes) -> bytes:
    """A style sheet without what stands in the braces of its rules, comments and strings."""
    bare = re.sub(rb"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", b"", text, flags=re.S)
    return re.sub(rb"\{[^{}]*\}", b"{}", bare)


PASS = Pass(
    name="collapse_wrapper",
    rule=ATTESTED_STRUCTURE,
    rule_name="ATTESTED_STRUCTURE",
    standing="attested",
    finds="bare div elements whose box is that of their only child, on pages without scripts",
    changes="drops both tags, what is inside stays",
    decide=decide,
)
