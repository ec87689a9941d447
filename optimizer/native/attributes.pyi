from array import array

from core_ext.lexer import Tokens

class Attributes:
    words: list[bytes]
    tags: array[int]
    firsts: array[int]
    names: array[int]
    starts: array[int]
    name_starts: array[int]
    value_starts: array[int]
    value_stops: array[int]
    stops: array[int]
    tag_of: array[int]
    def __len__(self) -> int: ...
    def number(self, name: bytes) -> int: ...

def attributes_of(tokens: Tokens, page: bytes) -> Attributes: ...
