from _typeshed import ReadableBuffer

from core_ext.lexer import Tokens

def allowed(page: ReadableBuffer, tokens: Tokens, rule: int, gone: ReadableBuffer | None = None) -> bytes: ...
