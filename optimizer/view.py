"""A page as the passes see it: tokens, the parser's tree, and what earlier passes have taken out.

Facts are found once, when first asked for. Only the pipeline changes anything here.
"""

from __future__ import annotations

from array import array
from functools import cached_property

from optimizer.css import PageIndex, ScriptNames
from optimizer.document import STYLE_ELEMENT, Document
from optimizer.edits import Ledger
from optimizer.names import UsedNames
from optimizer.native.attributes import Attributes, attributes_of
from optimizer.native.page_tree import PageTree, marked
from optimizer.native.places import closes, places
from optimizer.preserving import preserving
from optimizer.recipe import Level
from optimizer.scripting import Script, has_unread_sheets, other_script_texts, scripts_of, unread_scripts

__all__ = ["View"]


class View:
    """One page on its way through the passes."""

    def __init__(self, document: Document, level: Level, seen: frozenset[str] = frozenset()) -> None:
        self.document = document
        self.level = level
        self.seen = seen
        """Names that the page's scripts were seen to use when it ran."""
        self.ledger = Ledger(document)
        self.rules = bytearray(document.count)
        """The rules that passes so far have put on whole tokens."""
        self.used_names: UsedNames | None = None
        """What styles and scripts name; None while no pass has read the styles."""

    @cached_property
    def tree(self) -> PageTree:
        """The parser's tree, tied to the tokens."""
        document, mark = self.document, b"~t"
        while mark in document.lowered:
            mark += b"~"
        return PageTree(marked(document.tokens, document.page, mark), mark)

    @cached_property
    def rows(self) -> array[int]:
        """The row of each token, or -1."""
        return places(self.tree, self.document.tokens, self.document.page)

    @cached_property
    def closes(self) -> array[int]:
        """The start tag that each end tag closes for the lexer, or -1."""
        return closes(self.document.tokens)

    @cached_property
    def attributes(self) -> Attributes:
        return attributes_of(self.document.tokens, self.document.page)

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        return scripts_of(self.document)

    @cached_property
    def has_unread_sheets(self) -> bool:
        """Whether style sheets may apply that are not in the page: linked or imported."""
        return has_unread_sheets(self.document)

    @cached_property
    def script_names(self) -> ScriptNames:
        """Every name that scripts, as they are by now, may look for or put on elements."""
        texts = [self.ledger.text(script.start, script.stop) for script in self.scripts]
        texts += other_script_texts(self.document, self.attributes)
        texts.append(" ".join(sorted(self.seen)).encode())
        return ScriptNames(texts, unread=self.has_unread_scripts)

    @cached_property
    def has_unread_scripts(self) -> bool:
        return unread_scripts(self.document, self.scripts)

    @cached_property
    def index(self) -> PageIndex:
        """The tree's elements by tag, class and id."""
        return PageIndex(self.tree)

    @cached_property
    def preserving(self) -> bytes | None:
        """One byte a row: 1 where white space shows, by the styles as they are when first asked for.

        None where that cannot be told.
        """
        document = self.document
        if document.is_beyond_telling:
            return None
        return preserving(document, self.tree, self.index, self.ledger.text)

    def style_texts(self) -> list[bytes]:
        """The style sheets of the page as they are by now, those inside noscript and SVG and linked ones included."""
        document = self.document
        texts = []
        for index in document.told_tags["style"]:
            reach = document.inside(index)
            texts.append(self.ledger.text(document.starts[reach.start], document.starts[reach.stop]))
        for text in document.noscript_texts:
            texts += STYLE_ELEMENT.findall(text)
        texts += document.linked or ()
        return texts

    def reach(self, row: int) -> range | None:
        """The tokens of an element, from its start tag to its end tag; None where they are not its own alone.

        They are if every start tag and text among them lies inside the element for the parser too, and none of the
        element's own lies elsewhere.
        """
        document, tree = self.document, self.tree
        first = tree.tokens[row]
        if first < 0:
            return None
        end_row = tree.ends[row]
        last = max(first, max((tree.tokens[each] for each in range(row, end_row)), default=first))
        depth, depths, count = document.depths[first], document.depths, document.count
        stop = first + 1
        while stop < count and depths[stop] > depth:
            stop += 1
        if last >= stop or (stop > first + 1 and self.closes[stop - 1] != first):
            return None
        for index in range(first, stop):
            at = self.rows[index]
            if at >= 0 and not row <= at < end_row:
                return None
            if at < 0 and document.kinds[index] == 2 and document.tokens.flags[index] & 0x7F == 0:
                return None
        return range(first, stop)
