"""End tags that the parser supplies by itself: before the next item, cell or paragraph, and where their parent ends."""

from __future__ import annotations

import core_ext
from core_ext import COMMENT, DROP_COMMENT, TEXT
from core_ext.constants import DROP_OPTIONAL_END
from optimizer.passes.shape import Decision, Pass
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the end tags that what comes next stands for, given what earlier passes have dropped by then."""
    document = view.document
    starts, rules = document.starts, view.rules
    gone = bytearray(document.count)
    for kind in (TEXT, COMMENT):
        for index in document.indexes(kind):
            start, stop = starts[index], starts[index + 1]
            is_edited = not view.ledger.is_free(start, stop)
            gone[index] = rules[index] == DROP_COMMENT or (is_edited and not view.ledger.text(start, stop))
    return Decision(core_ext.allowed(document.page, document.tokens, DROP_OPTIONAL_END, bytes(gone)))


PASS = Pass(
    name="drop_optional_end",
    rule=DROP_OPTIONAL_END,
    rule_name="DROP_OPTIONAL_END",
    standing="proven",
    finds="end tags that HTML lets be left out",
    changes="drops the tag; the parser makes the same tree",
    decide=decide,
)
