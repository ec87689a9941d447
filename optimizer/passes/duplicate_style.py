"""Style elements that repeat a later one byte for byte, and empty ones.

Whatever the earlier one says the later one says again with more weight, so the earlier decides nothing. Layers and
imports are the exception: their first mention counts. Only sheets in the head are taken: in the body an element less
could change what `:nth-child` and sibling selectors find.
"""

from __future__ import annotations

import re

from core_ext import END
from core_ext.constants import ATTESTED_STRUCTURE
from optimizer.edits import Edit
from optimizer.native.skeleton import GONE
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]

_FIRST_COUNTS = re.compile(rb"@(?:layer|import|charset|namespace|\\)|\\", re.I)


def decide(view: View) -> Decision:
    """Chooses the earlier ones of equal style elements, and those with nothing left in them."""
    document, kept = view.document, 0
    last: dict[bytes, int] = {}
    found: list[tuple[int, int, int, bytes]] = []
    for index in document.told_tags["style"]:
        reach = document.inside(index)
        if reach.stop < document.count and document.kinds[reach.stop] == END and view.rows[index] >= 0:
            start, stop = document.starts[index], document.starts[reach.stop + 1]
            whole = view.ledger.text(start, stop)
            last[whole] = index
            found.append((index, start, stop, whole))
    edits: list[Edit] = []
    for index, start, stop, whole in found:
        row = view.rows[index]
        is_empty = view.ledger.text(document.starts[index + 1], document.starts[document.inside(index).stop]) == b""
        if not is_empty and (last[whole] == index or _FIRST_COUNTS.search(whole)):
            continue
        if view.tree.name(view.tree.parents[row]) != "head" or (view.level is Level.SAFE and document.has_scripts):
            kept += 1
            continue
        if is_empty and view.tree.first_attributes[row] != view.tree.first_attributes[row + 1]:
            attributes = view.tree.attributes(row)
            if not attributes.keys() <= {"type", "media"}:
                continue
        edits.append(Edit(start, stop, b"", ATTESTED_STRUCTURE, f"duplicate_style:{index}", row, GONE))
    return Decision(edits=edits, kept=(Kept("may_be_observed", kept),) if kept else ())


PASS = Pass(
    name="duplicate_style",
    rule=ATTESTED_STRUCTURE,
    rule_name="ATTESTED_STRUCTURE",
    standing="attested",
    finds="style elements in the head that a later one repeats, or with no rule in them",
    changes="drops the element",
    decide=decide,
)
