"""Data blocks that repeat an earlier one byte for byte: a script element of a type that does not run, without an id.

Search engines read the first; no script of the page can tell the second by a name. Where scripts run at all it stays at
`safe`, and so does one whose type a script names.
"""

from __future__ import annotations

from core_ext import END
from core_ext.constants import ATTESTED_STRUCTURE
from optimizer.edits import Edit
from optimizer.native.skeleton import GONE
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the repeated data blocks in the head, where no style counts elements."""
    document = view.document
    seen: set[bytes] = set()
    edits: list[Edit] = []
    kept = 0
    for script in view.scripts:
        row, reach = view.rows[script.token], document.inside(script.token)
        if script.runs or script.type != "application/ld+json" or row < 0 or script.start == script.stop:
            continue
        if (
            reach.stop >= document.count
            or document.kinds[reach.stop] != END
            or view.tree.attributes(row).keys() != {"type"}
        ):
            continue
        start, stop = document.starts[script.token], document.starts[reach.stop + 1]
        whole = view.ledger.text(start, stop)
        if whole not in seen:
            seen.add(whole)
        elif view.tree.name(view.tree.parents[row]) != "head" or (view.level is Level.SAFE and document.has_scripts):
            kept += 1
        else:
            edits.append(Edit(start, stop, b"", ATTESTED_STRUCTURE, f"duplicate_script:{script.token}", row, GONE))
    return Decision(edits=edits, kept=(Kept("may_be_observed", kept),) if kept else ())


PASS = Pass(
    name="duplicate_script",
    rule=ATTESTED_STRUCTURE,
    rule_name="ATTESTED_STRUCTURE",
    standing="attested",
    finds="JSON-LD in the head that an earlier element holds byte for byte",
    changes="drops the element",
    decide=decide,
)
