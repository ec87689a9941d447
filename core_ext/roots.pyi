from _typeshed import ReadableBuffer

from core_ext.lexer import Tokens
from core_ext.trace import Trace

class Roots:
    src: bytes
    opt: bytes
    trace: bytes
    src_bytes: int
    opt_bytes: int
    depth_s: int
    depth_o: int
    permutations: int

def roots_of(page: ReadableBuffer, tokens: Tokens, traced: Trace) -> Roots: ...

class RootBuilder:
    count: int
    def __init__(self, *, has_sums: bool) -> None: ...
    def add_tokens(self, kinds: bytes, starts: memoryview[int], data: ReadableBuffer) -> None: ...
    def add_steps(self, steps: ReadableBuffer) -> None: ...
    def finish(self) -> tuple[bytes, int, int]: ...
