from array import array
from collections.abc import Container, Iterable

from core_ext.lexer import Tokens

ELEMENT: int
TEXT: int
COMMENT: int
HTML: int
MATH: int
SVG: int

class PageTree:
    count: int
    attribute_count: int
    quirks: bool
    types: bytearray
    spaces: bytearray
    parents: array[int]
    ends: array[int]
    previous: array[int]
    names: array[int]
    tokens: array[int]
    first_attributes: array[int]
    attribute_names: array[int]
    name_words: list[str]
    attribute_words: list[str]
    def __init__(self, page: bytes, mark: bytes = ...) -> None: ...
    def __len__(self) -> int: ...
    def name(self, row: int) -> str: ...
    def text(self, row: int) -> bytes: ...
    def value(self, place: int) -> bytes: ...
    def places_of(self, numbers: Iterable[int]) -> list[tuple[int, int]]: ...
    def mark_named(self, words: Container[str], space: int, marks: bytearray) -> None: ...
    def attributes(self, row: int) -> dict[str, bytes]: ...

def marked(tokens: Tokens, page: bytes, mark: bytes) -> bytes: ...
