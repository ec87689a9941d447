from _typeshed import ReadableBuffer

def misplaced(
    page: ReadableBuffer,
    kinds: ReadableBuffer,
    starts: ReadableBuffer,
    steps: ReadableBuffer,
    optimized: ReadableBuffer,
    out_starts: ReadableBuffer,
) -> list[tuple[int, int, int, tuple[int, ...], bool]]: ...
