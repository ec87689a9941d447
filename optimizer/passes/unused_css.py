"""Style rules that match nothing on the page in any state, and the others written shorter (optimizer.css decides).

A rule that goes as a whole, whose selectors the contract can read and whose names no script can make, is a proven
saving; everything else is attested.
"""

from __future__ import annotations

from core_ext import CSS
from core_ext.constants import ATTESTED_CSS, DROP_UNUSED_RULE
from optimizer.css import Sheet, analyse
from optimizer.document import STYLE_ELEMENT
from optimizer.edits import Edit
from optimizer.names import UsedNames
from optimizer.native.outcome import style_edits
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the bytes of style sheets that decide nothing."""
    document = view.document
    places: list[tuple[int, int]] = []
    sheets: list[Sheet] = []
    read_only: list[Sheet] = []
    for index in document.told_tags["style"]:
        reach = document.inside(index)
        start, stop = document.starts[reach.start], document.starts[reach.stop]
        if stop > start and not view.ledger.is_free(start, stop):
            read_only.append(Sheet(view.ledger.text(start, stop)))
        elif stop > start:
            if document.kinds[reach.start] == CSS:
                places.append((index, start))
                sheets.append(Sheet(document.page[start:stop]))
            else:  # in SVG its text is markup, with references and comments
                row = view.rows[index]
                text = view.tree.text(row + 1) if row >= 0 and row + 1 < view.tree.count else b""
                read_only.append(Sheet(text))
    # Without scripts the styles inside noscript apply too, and ask for animations and custom properties.
    read_only += [Sheet(style) for text in document.noscript_texts for style in STYLE_ELEMENT.findall(text)]
    read_only += [Sheet(text) for text in document.linked or ()]
    found = analyse([*sheets, *read_only], [view.index], view.script_names, unread_styles=view.has_unread_sheets)
    view.used_names = UsedNames(
        found.classes, found.ids, found.attributes, view.script_names, view.seen, view.tree.quirks
    )
    edits: list[Edit] = []
    for (index, start), told in zip(places, found.edits, strict=False):
        edits += style_edits(document.tokens, index, start, told, DROP_UNUSED_RULE, ATTESTED_CSS)
    return Decision(edits=edits, kept=(Kept("style_in_svg", len(read_only)),) if read_only else ())


PASS = Pass(
    name="unused_css",
    rule=DROP_UNUSED_RULE,
    rule_name="DROP_UNUSED_RULE",
    standing="proven",
    finds="style rules whose selectors match no element in any state, and long-winded ones",
    changes="drops the rule, or writes it shorter with the same computed styles",
    decide=decide,
)
