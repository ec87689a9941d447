"""The parsed tree of a page, plain or tied back to its tokens.

For the latter every start tag is given a mark before parsing, so an element that a selector finds leads to its token,
wherever the parser put it. Elements that no tag made (an implied tbody, body, html) lead to the nearest one around.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from core_ext import START
from optimizer.document import Document

__all__ = ["MarkedTree", "PlainTree"]

_NAME = re.compile(rb"<[a-zA-Z][^\t\n\f\r />]*")


class PlainTree:
    """A page's tree."""

    def __init__(self, page: bytes) -> None:
        self._tree = LexborHTMLParser(page)

    def text(self) -> str:
        """All text of the page, scripts and styles included, comments not."""
        return self._tree.root.text_lexbor() if self._tree.root else ""

    def select(self, selectors: list[str]) -> list[LexborNode]:
        """All elements that match any of these selectors. Raises SelectolaxError for one that is none."""
        try:
            return self._tree.css(", ".join(selectors))
        except SelectolaxError:
            return [node for selector in selectors for node in self._tree.css(selector)]


class MarkedTree(PlainTree):
    """A page's tree whose elements know their start tags."""

    def __init__(self, document: Document) -> None:
        self._mark = _free_name(document.lowered)
        super().__init__(_marked(document, self._mark.encode()))

    def start_tags(self, nodes: list[LexborNode]) -> frozenset[int] | None:
        """The start tags of these elements; None where one of them spans the page and has no tag."""
        found: set[int] = set()
        for node in nodes:
            mark = self._mark_of(node)
            if mark is None:
                return None
            found.add(mark)
        return frozenset(found)

    def _mark_of(self, node: LexborNode) -> int | None:
        around: LexborNode | None = node
        while around is not None:
            mark = around.attributes.get(self._mark) if around.is_element_node else None
            if mark is not None:
                return int(mark)
            around = around.parent
        return None


def _free_name(lowered: bytes) -> str:
    """An attribute name that the page, given in lower case, does not use."""
    name = "ld-token"
    while name.encode() in lowered:
        name += "-x"
    return name


def _marked(document: Document, mark: bytes) -> bytes:
    page, starts = document.page, document.starts
    pieces: list[bytes] = []
    begin = 0
    for index in document.indexes(START):
        name = _NAME.match(page, starts[index])
        if name is None:
            continue  # a further piece of a long tag
        pieces.append(page[begin : name.end()])
        pieces.append(b" %b=%d " % (mark, index))
        begin = name.end()
    pieces.append(page[begin:])
    return b"".join(pieces)
