from _typeshed import ReadableBuffer

from core_ext.lexer import Tokens

class Trace:
    optimized: bytes
    steps: bytes
    out_kinds: bytes
    out_starts: memoryview[int]

def apply_rule(rule: int, kind: int, flags: int, data: ReadableBuffer) -> tuple[int, bytes] | None: ...
def trace(page: ReadableBuffer, tokens: Tokens, rules: ReadableBuffer) -> Trace: ...
def allowed(page: ReadableBuffer, tokens: Tokens, rule: int) -> bytes: ...
