"""Subtrees that no state of the page can show: `display: none` for sure, and nothing that could ever change it.

So it is only on a page without any script, where no style that may match gives the element another display, and nothing
inside works unseen: form fields are sent, names are referred to, sounds play, styles apply. Where a style counts
elements or looks at neighbours everything stays. Whether the pixels are the same says nothing about what a click shows;
so a browser is not asked here.
"""

from __future__ import annotations

import re

from core_ext.constants import ATTESTED_STRUCTURE
from optimizer.css import ScriptNames, Sheet, declarations, styled
from optimizer.edits import Edit
from optimizer.native.page_tree import HTML
from optimizer.native.skeleton import GONE
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.passes.unused_attribute import targets_of
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_COUNTS_ELEMENTS = re.compile(
    rb"[+~]|:(?:nth|first|last|only|has|empty|not|target|where|is)\b|\bcounter|@container", re.I
)
# Elements that do something though they have no box, or that other elements refer to in ways of their own.
_WORKS_UNSEEN = frozenset(
    [
        *("input", "button", "select", "textarea", "output", "fieldset", "form", "object", "embed", "iframe", "frame"),
        *("audio", "video", "source", "track", "style", "script", "link", "meta", "base", "template", "noscript"),
        *("map", "area", "datalist", "dialog", "details", "slot", "svg", "math", "title", "img", "picture", "label"),
    ]
)
_MEANS_SOMETHING = frozenset(["itemprop", "itemscope", "property", "typeof", "popover", "xmlns", "contenteditable"])


def decide(view: View) -> Decision:
    """Chooses the outermost subtrees that can never be shown."""
    tree, document = view.tree, view.document
    if view.level is Level.SAFE:
        return Decision()
    if document.has_scripts or view.scripts or view.has_unread_sheets:
        count = sum(_said_hidden(view).values())
        return Decision(kept=(Kept("scripts_may_show", count),) if count else ())
    hidden = _hidden_rows(view)
    if not hidden:
        return Decision()
    if any(_COUNTS_ELEMENTS.search(text) for text in view.style_texts()):
        return Decision(kept=(Kept("style_asks", len(hidden)),))
    targets = targets_of(view)
    edits: list[Edit] = []
    kept = done_until = 0
    for row in sorted(hidden):
        if row < done_until:
            continue
        reach = view.reach(row) if _is_idle(view, row, targets) else None
        if reach is None:
            kept += 1
            continue
        done_until = tree.ends[row]
        start, stop = document.starts[reach.start], document.starts[reach.stop]
        edits.append(Edit(start, stop, b"", ATTESTED_STRUCTURE, f"never_shown:{reach.start}", row, GONE))
    return Decision(edits=edits, kept=(Kept("may_be_observed", kept),) if kept else ())


def _hidden_rows(view: View) -> set[int]:
    """Elements that are `display: none` in every state: by their own style, `hidden`, and all styles that match."""
    tree, said = view.tree, _said_hidden(view)
    surely: set[int] = {row for row, is_none in said.items() if is_none}
    others: set[int] = {row for row, is_none in said.items() if not is_none}
    sheets = [Sheet(text) for text in view.style_texts()]
    for name, value, rows, is_certain, pseudo in styled(sheets, view.index, ScriptNames(), (b"display", b"all")):
        if pseudo:
            continue
        if name != b"display" or value.partition(b"!")[0].strip() != b"none":
            others.update(rows)
        elif is_certain:
            surely.update(rows)
    body = {row for row in surely - others if tree.spaces[row] == HTML}
    return {row for row in body if tree.name(row) not in ("html", "head", "body") and not _is_in_head(view, row)}


def _said_hidden(view: View) -> dict[int, bool]:
    """By row: whether the element's own attributes say that it has no box."""
    tree = view.tree
    numbers = {number: word for number, word in enumerate(tree.attribute_words) if word in ("style", "hidden")}
    said: dict[int, bool] = {}
    for place, row in tree.places_of(numbers):
        if numbers[tree.attribute_names[place]] == "hidden":
            said.setdefault(row, tree.value(place).lower() != b"until-found")
            continue
        for name, value in declarations(tree.value(place)) or ():
            if name in (b"display", b"all"):
                said[row] = name == b"display" and value.partition(b"!")[0].strip() == b"none"
    return said


def _is_in_head(view: View, row: int) -> bool:
    tree = view.tree
    while row > 0:
        row = tree.parents[row]
        if tree.name(row) == "head":
            return True
    return False


def _is_idle(view: View, row: int, targets: frozenset[bytes]) -> bool:
    """Whether nothing in a subtree does anything, nor is named by anything outside it."""
    tree = view.tree
    for each in range(row, tree.ends[row]):
        if tree.names[each] < 0:
            continue
        if tree.name(each) in _WORKS_UNSEEN or tree.spaces[each] != HTML:
            return False
        attributes = tree.attributes(each)
        if not _MEANS_SOMETHING.isdisjoint(attributes) or any(word.startswith("on") for word in attributes):
            return False
        if attributes.get("id", b"") in targets and "id" in attributes:
            return False
        if "name" in attributes and attributes["name"] in targets:
            return False
    return True


PASS = Pass(
    name="never_shown",
    rule=ATTESTED_STRUCTURE,
    rule_name="ATTESTED_STRUCTURE",
    standing="attested",
    finds="subtrees that are display: none in every state, on pages without scripts",
    changes="drops the subtree",
    decide=decide,
)
