from _typeshed import ReadableBuffer

class Tokens:
    count: int
    page: bytes | bytearray | memoryview
    kinds: bytes
    starts: memoryview[int]
    flags: memoryview[int]
    depths: memoryview[int]
    parents: memoryview[int]
    def slice(self, index: int) -> bytes: ...
    def __len__(self) -> int: ...

def lex(page: ReadableBuffer) -> Tokens: ...
