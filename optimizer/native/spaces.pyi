from array import array

from core_ext.lexer import Tokens
from optimizer.native.ledger import Edit
from optimizer.native.page_tree import PageTree

OUTSIDE_BLOCK: int
OUTSIDE_INLINE: int
OUTSIDE_PART: int
INSIDE_BLOCK: int
INSIDE_FLEX: int
INSIDE_TABLE: int
INSIDE_INLINE: int
NOT_SHOWN: int
UNKNOWN: int
MAY_LEAVE_FLOW: int
MAY_GENERATE: int
LINE_BREAK: int
KEEPS_SPACE: int
LEADING: int
TRAILING: int

def hidden_spaces(tree: PageTree, boxes: array[int], keeping: bytes) -> bytes: ...
def trims(
    tokens: Tokens,
    page: bytes,
    rows: array[int],
    tree: PageTree,
    told: bytes,
    rule_of_blanks: int,
    rule_of_texts: int,
) -> list[Edit]: ...
