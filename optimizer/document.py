"""A page, its tokens, and what every pass wants to know about it; each fact is found once, when first asked for.

Token positions are the lexer's. Nesting is the lexer's too (tag names matched in order of appearance), which is not
always the parser's: what a decision about rendering needs of the real tree goes through optimizer.tree.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import core_ext
from core_ext import COMMENT, END, START, TEXT
from core_ext.constants import FOREIGN, PRESERVE
from optimizer import tags
from optimizer.native.named import deepest, tags_named
from optimizer.native.runs import inner_ends

__all__ = ["SPACE", "STYLE_ELEMENT", "Document", "set_bytes"]

SPACE = b"\t\n\r "
"""What CSS collapses (CSS Text 3, 4.1). HTML's form feed is not among it."""

_PIECE_BYTES = 1024
# Unclosed paragraphs and list items count as open for the lexer, so real pages reach a few thousand.
_MAX_DEPTH = 16_384
_SET = re.compile(rb"[^\0]")
_TOLD_TAGS = ("script", "style", "link", "template", "noscript")
STYLE_ELEMENT = re.compile(rb"<style(?=[\t\n\f\r />])[^>]*>(.*?)(?:</style|\Z)", re.S | re.I)
_HANDLER = re.compile(rb"[\t\n\f\r \"'/]on[a-z]{3,}[\t\n\f\r ]*=|javascript:|&#", re.I)
_HANDLER_NAME = re.compile(r"on[a-z]{3,}\Z")
# WHATWG HTML 4.12.1 and MIME Sniffing 4.6: what makes a script one that runs.
_RUNNING_TYPES = re.compile(
    r"(?:module|(?:text|application)/(?:x-)?(?:java|ecma)script|text/javascript1\.[0-5]|text/(?:jscript|livescript))?\Z"
)
_IMPORT = re.compile(rb"@import|@\\", re.I)


def set_bytes(mask: bytes | bytearray) -> list[int]:
    """Positions of the bytes of a mask that are not 0."""
    return [found.start() for found in _SET.finditer(mask)]


class Document:
    """One page under optimization. Nothing in it changes."""

    def __init__(self, page: bytes, linked: Sequence[bytes] | None = None) -> None:
        self.page = page
        self.linked = linked
        """The texts of all style sheets that the page links to; None where they were not read."""
        self.tokens = core_ext.lex(page)
        self.kinds = self.tokens.kinds
        self.starts = self.tokens.starts
        self.depths = self.tokens.depths

    @property
    def count(self) -> int:
        return self.tokens.count

    def token(self, index: int) -> bytes:
        return self.page[self.starts[index] : self.starts[index + 1]]

    def index_at(self, place: int) -> int:
        """The token that holds this byte."""
        return bisect_right(self.starts, place) - 1

    def span(self, tokens: range) -> bytes:
        """The bytes of neighbouring tokens."""
        return self.page[self.starts[tokens.start] : self.starts[tokens.stop]]

    def whole(self, index: int) -> bytes:
        """The token that begins at this piece, with its further pieces."""
        return self.page[self.starts[index] : self.starts[self._end_of_whole(index)]]

    def pieces(self, index: int) -> range:
        """All pieces of the token that this piece belongs to."""
        first = index
        while first and self.kinds[first - 1] == self.kinds[index] and self._is_full(first - 1):
            first -= 1
        return range(first, self._end_of_whole(index))

    def inside(self, start_index: int) -> range:
        """The tokens between a start tag and where the lexer holds it closed."""
        end = self._inner_ends[start_index]
        # The end tag that closes it counts as inside for the lexer; it has no text in any case.
        if end > start_index + 1 and self.kinds[end - 1] == END:
            end -= 1
        return range(start_index + 1, end)

    def indexes(self, kind: int) -> Iterator[int]:
        """Positions of all tokens of one kind."""
        place = self.kinds.find(kind)
        while place >= 0:
            yield place
            place = self.kinds.find(kind, place + 1)

    @cached_property
    def _inner_ends(self) -> array[int]:
        return inner_ends(self.tokens)

    @cached_property
    def lowered(self) -> bytes:
        """The page with its ASCII letters in lower case: searching it is ten times faster than ignoring case."""
        return self.page.lower()

    @cached_property
    def told_tags(self) -> dict[str, tuple[int, ...]]:
        """Start tags of script, style, link, template and noscript, by name."""
        found = tags_named(self.tokens, self.page, tuple(name.encode() for name in _TOLD_TAGS))
        return {name: tuple(indexes) for name, indexes in zip(_TOLD_TAGS, found, strict=True)}

    @cached_property
    def has_scripts(self) -> bool:
        """Whether anything on the page may run: script elements, event handlers, javascript: addresses."""
        for index in self.told_tags["script"]:
            read = tags.attributes(self.whole(index))
            if _RUNNING_TYPES.match(read.get("type", "").strip("\t\n\f\r ").lower()):
                return True
        if not _HANDLER.search(self.page):
            return False
        return any(self._runs(self.whole(index)) for index in self.indexes(START))

    @cached_property
    def style_texts(self) -> tuple[bytes, ...]:
        """The text of each style element, in HTML, in SVG, and for readers without scripts."""
        reaches = (self.inside(index) for index in self.told_tags["style"])
        texts = [self.page[self.starts[reach.start] : self.starts[reach.stop]] for reach in reaches]
        for text in self.noscript_texts:
            texts += STYLE_ELEMENT.findall(text)
        return tuple(texts)

    @cached_property
    def has_unread_styles(self) -> bool:
        """Whether styles may apply that are not in the page: linked, imported, or made by scripts."""
        if self.has_scripts or b"<?xml-stylesheet" in self.page:
            return True
        if self.linked is None:
            for index in self.told_tags["link"]:
                read = tags.attributes(self.whole(index))
                if "stylesheet" in read.get("rel", "").lower().split():
                    return True
            if any(b"<link" in text.lower() for text in self.noscript_texts):
                return True
        return any(_IMPORT.search(text) for text in (*self.style_texts, *(self.linked or ())))

    @cached_property
    def noscript_texts(self) -> tuple[bytes, ...]:
        """The source inside each noscript element: text where scripts run, markup where they do not."""
        reaches = (self.inside(index) for index in self.told_tags["noscript"])
        return tuple(self.page[self.starts[reach.start] : self.starts[reach.stop]] for reach in reaches)

    @cached_property
    def is_beyond_telling(self) -> bool:
        """Whether nothing can be said about the page as a whole.

        So it is where tags are open thousands deep (parsing then costs the square of it), and where what follows a
        noscript element is other markup with scripts than without: a comment or script begins inside and does not end.
        """
        if deepest(self.tokens) > _MAX_DEPTH:
            return True
        for text in self.noscript_texts:
            probe = core_ext.lex(text + b"<i>")
            last = probe.count - 1
            if probe.kinds[last] != START or probe.flags[last] & (FOREIGN | PRESERVE) or probe.slice(last) != b"<i>":
                return True
        return False

    @cached_property
    def in_templates(self) -> bytes:
        """One byte a token: 1 inside a template element, whose content only scripts and shadow trees see."""
        return self.marked_inside(self.told_tags["template"])

    def marked_inside(self, start_tags: Iterable[int]) -> bytes:
        """One byte a token: 1 inside any of these elements."""
        marks = bytearray(self.count)
        done_until = 0
        for index in sorted(start_tags):
            if index >= done_until:  # else it is inside the one before
                reach = self.inside(index)
                marks[reach.start : reach.stop] = b"\1" * len(reach)
                done_until = reach.stop
        return bytes(marks)

    def marked_in_rows(self, indexes: Iterable[int]) -> bytes:
        """One byte a token: 1 from each of these to the end of its row of texts and comments."""
        marks = bytearray(self.count)
        for index in indexes:
            while index < self.count and not marks[index] and self.kinds[index] in (TEXT, COMMENT):
                marks[index] = 1
                index += 1
        return bytes(marks)

    def _end_of_whole(self, index: int) -> int:
        end = index + 1
        while end < self.count and self.kinds[end] == self.kinds[index] and self._is_full(end - 1):
            end += 1
        return end

    def _is_full(self, index: int) -> bool:
        return self.starts[index + 1] - self.starts[index] == _PIECE_BYTES

    @staticmethod
    def _runs(tag: bytes) -> bool:
        if not _HANDLER.search(tag):
            return False
        return any(
            _HANDLER_NAME.match(key) or "javascript:" in re.sub(r"[\t\n\r]", "", value).lower()
            for key, value in tags.attributes(tag).items()
        )
