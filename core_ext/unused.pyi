from collections.abc import Sequence

from _typeshed import ReadableBuffer

def selects(rule: ReadableBuffer, tags: Sequence[bytes]) -> bool | None: ...
def matched(
    page: ReadableBuffer, kinds: ReadableBuffer, starts: ReadableBuffer, steps: ReadableBuffer
) -> list[tuple[int, tuple[int, ...]]]: ...
