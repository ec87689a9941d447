from array import array
from collections.abc import Iterable

from optimizer.css.page_index import PageIndex
from optimizer.css.sheet import Sheet
from optimizer.css.words import ScriptNames

UNKNOWN: bytes

def declarations(text: bytes) -> list[tuple[bytes, bytes]] | None: ...
def styled(
    sheets: Iterable[Sheet], page: PageIndex, names: ScriptNames, properties: Iterable[bytes]
) -> list[tuple[bytes, bytes, array[int], bool, bytes]]: ...
