from collections.abc import Sequence
from typing import TypeAlias

from optimizer.css.page_index import PageIndex
from optimizer.css.sheet import Sheet
from optimizer.css.words import ScriptNames

Edit: TypeAlias = tuple[int, int, bytes, str, int]

class Analysis:
    edits: list[list[Edit]]
    classes: frozenset[bytes]
    ids: frozenset[bytes]
    attributes: frozenset[bytes]

def analyse(
    sheets: Sequence[Sheet],
    pages: Sequence[PageIndex],
    names: ScriptNames,
    *,
    keep_licenses: bool = True,
    unread_styles: bool = False,
) -> Analysis: ...
