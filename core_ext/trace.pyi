from collections.abc import Mapping

from _typeshed import ReadableBuffer

from core_ext.lexer import Tokens

class Trace:
    optimized: bytes
    steps: bytes
    out_kinds: bytes
    out_starts: memoryview[int]
    attested_bytes: int

def trace(
    page: ReadableBuffer, tokens: Tokens, rules: ReadableBuffer, replacements: Mapping[int, bytes] | None = None
) -> Trace: ...
