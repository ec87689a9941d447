"""The parsed tree of a page, as selectolax gives it; optimizer.native.page_tree has the one that is tied to tokens."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

__all__ = ["PlainTree"]


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
