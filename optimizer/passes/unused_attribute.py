"""Classes, ids, data attributes and attributes of no meaning that no style, no script and no reference names.

What a script that is not in the page may look for is unknown. Where there is one, data attributes and ids stay, and of
classes only those go that no library is known to hook on to; at `safe` all stay. Where a style sheet is not in the page
nothing goes.
"""

from __future__ import annotations

import re

from core_ext.constants import ATTESTED_ATTRIBUTE
from optimizer.edits import Edit
from optimizer.names import UsedNames
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS", "targets_of"]

# Attributes by which one element names another (HTML, ARIA, SVG).
_REFERENCES = frozenset(
    b"for form list headers itemref usemap menu contextmenu commandfor popovertarget anchor interestfor"
    b" aria-activedescendant aria-controls aria-describedby aria-details aria-errormessage aria-flowto"
    b" aria-labelledby aria-owns".split()
)
# Elements whose ids are addresses that other pages link to.
_ADDRESSES = frozenset(
    [
        *("h1", "h2", "h3", "h4", "h5", "h6", "a", "section", "article", "main", "nav", "dt", "dd", "li", "p"),
        *("figure", "caption", "tr", "td", "th"),
    ]
)
_FRAGMENT = re.compile(rb"#([^\"'\s<>)&,;]+)")
_SPACE = re.compile(rb"[\t\n\f\r ]+")
# By convention names that scripts look for.
_HOOK = re.compile(
    rb"js|is-|has-|no-|qa-|test|ga-|gtm|track|toggle|trigger|lazy|ad[s_-]|adsbygoogle|cookie|consent"
    rb"|h-|p-|u-|dt-|e-|vcard|vevent|hentry|notranslate",
    re.I,
)
# In HTML the parser gives svg and math their namespaces whatever these say.
_XML_ONLY = frozenset(
    [b"xmlns", b"xmlns:xlink", b"xmlns:svg", b"xmlns:sketch", b"xmlns:serif", b"version", b"enable-background"]
)


def decide(view: View) -> Decision:
    """Chooses attributes, and names in class attributes, that can go."""
    document, table = view.document, view.attributes
    if view.has_unread_sheets:
        return Decision(kept=(Kept("style_not_read", len(table)),))
    used = view.used_names
    if used is None:
        return Decision(kept=(Kept("cannot_tell", len(table)),))
    has_scripts = document.has_scripts or bool(view.scripts)
    if view.level is Level.SAFE and document.has_scripts:
        return Decision(kept=(Kept("scripts_may_read", len(table)),))
    page, rows, tree = document.page, view.rows, view.tree
    words = table.words
    class_number, id_number = table.number(b"class"), table.number(b"id")
    loose = {number for number, word in enumerate(words) if used.attribute_is_used(word)}
    data = {number for number, word in enumerate(words) if word.startswith(b"data-") and number not in loose}
    if has_scripts and view.has_unread_scripts:
        data = set()
    data = {number for number in data if not used.is_mentioned(words[number])}
    xml = {number for number, word in enumerate(words) if word in _XML_ONLY and number not in loose}
    edits: list[Edit] = []
    targets: frozenset[bytes] | None = None
    starts, stops, names = table.starts, table.stops, table.names
    spent: dict[bytes, bytes] = {}
    for place, number in enumerate(names):
        if number != class_number and number != id_number and number not in data and number not in xml:
            continue
        tag = table.tag_of[place]
        row = rows[tag]
        if row < 0:
            continue
        if number == class_number:
            if number in loose:
                continue
            begin, end = table.value_starts[place], table.value_stops[place]
            value = page[begin:end]
            left = spent.get(value)
            if left is None:
                left = spent[value] = _left_of(value, used, view.has_unread_scripts)
            if left == value:
                continue
            group = f"unused_attribute:{tag}"
            if left:
                edits.append(Edit(begin, end, left, ATTESTED_ATTRIBUTE, group))
                continue
        elif number == id_number:
            if number in loose or view.has_unread_scripts or tree.name(row) in _ADDRESSES or tree.spaces[row] != 2:
                continue
            if targets is None:
                targets = targets_of(view)
            raw = page[table.value_starts[place] : table.value_stops[place]]
            if raw in targets or raw in used.ids or used.is_mentioned(raw) or b"&" in raw or not raw.isascii():
                continue
        elif number in xml and tree.spaces[row] == 2:
            continue
        edits.append(_drop(page, starts[place], stops[place], table.name_starts[place], tag))
    return Decision(edits=edits)


def _drop(page: bytes, start: int, stop: int, name_start: int, tag: int) -> Edit:
    """An attribute with the white space before it; one blank stays where two attributes would meet."""
    group = f"unused_attribute:{tag}"
    behind = page[stop : stop + 1]
    if start < name_start and behind not in (b" ", b"\t", b"\n", b"\f", b"\r", b">"):
        start += 1
    return Edit(start, stop, b"", ATTESTED_ATTRIBUTE, group)


def _left_of(value: bytes, used: UsedNames, unread: bool) -> bytes:
    """The names of a class attribute that are used, in their order."""
    names = [name for name in _SPACE.split(value) if name]
    if any(b"&" in name for name in names):
        return value
    kept = [name for name in names if used.class_is_used(name) or (unread and _HOOK.match(name))]
    return b" ".join(kept)


def targets_of(view: View) -> frozenset[bytes]:
    """All ids that something on the page refers to."""
    table, page = view.attributes, view.document.page
    found: set[bytes] = set(_FRAGMENT.findall(page))
    numbers = {number for number, word in enumerate(table.words) if word in _REFERENCES}
    for place, number in enumerate(table.names):
        if number in numbers:
            value = page[table.value_starts[place] : table.value_stops[place]]
            found.update(name.lstrip(b"#") for name in _SPACE.split(value))
    return frozenset(found)


PASS = Pass(
    name="unused_attribute",
    rule=ATTESTED_ATTRIBUTE,
    rule_name="ATTESTED_ATTRIBUTE",
    standing="attested",
    finds="classes, ids and data attributes that no style, script or reference names",
    changes="drops the name, and the attribute once nothing is left of it",
    decide=decide,
)
