from collections.abc import Iterator, Mapping

from _typeshed import ReadableBuffer

class Stretch:
    count: int
    kinds: bytes
    starts: bytes
    out_starts: bytes
    tokens: bytes
    steps: bytes
    optimized: bytes
    out_count: int
    out_tokens: bytes

class ProofStream:
    src: bytes
    opt: bytes
    trace: bytes
    src_bytes: int
    opt_bytes: int
    attested_bytes: int
    n: int
    m: int
    depth_s: int
    depth_o: int
    def __init__(
        self,
        page: ReadableBuffer,
        rules: ReadableBuffer,
        replacements: Mapping[int, bytes] | None = None,
        *,
        stretch_tokens: int = 65536,
    ) -> None: ...
    def __iter__(self) -> Iterator[Stretch]: ...
    def __next__(self) -> Stretch: ...
