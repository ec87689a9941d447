from _typeshed import ReadableBuffer

from optimizer.native.page_tree import PageTree

STAYS: int
GONE: int
UNWRAPPED: int
REWRITTEN: int

def difference(before: PageTree, fates: ReadableBuffer, after: PageTree, exact: bytes = ...) -> int: ...
