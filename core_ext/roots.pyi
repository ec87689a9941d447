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
