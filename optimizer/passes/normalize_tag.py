"""Tags written the short way: names in lower case, single spaces, no quotes where none are needed, no default values.

The parser makes the same element of it, with the same attributes but those that say what holds anyway.
"""

from __future__ import annotations

import core_ext
from core_ext.constants import NORMALIZE_TAG
from optimizer.passes.shape import Decision, Pass
from optimizer.view import View

__all__ = ["PASS"]


def decide(view: View) -> Decision:
    """Chooses the tags that the rule shortens."""
    document = view.document
    return Decision(core_ext.allowed(document.page, document.tokens, NORMALIZE_TAG))


PASS = Pass(
    name="normalize_tag",
    rule=NORMALIZE_TAG,
    rule_name="NORMALIZE_TAG",
    standing="proven",
    finds="start and end tags with quotes, blanks, capitals and default attributes that say nothing",
    changes="writes the tag the short way",
    decide=decide,
)
