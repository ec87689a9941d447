from array import array

from core_ext.lexer import Tokens

SHOWS: int
IN_TEMPLATE: int
FORM_FEED: int
FOREIGN_TEXT: int
WIDE: int

def texts_kept(
    tokens: Tokens,
    page: bytes,
    chosen: bytearray,
    rows: array[int],
    keeping: bytes,
    templates: bytes,
    fed: bytes,
    keeps_wide: bool,
) -> tuple[list[int], list[range]]: ...
def inner_ends(tokens: Tokens) -> array[int]: ...
