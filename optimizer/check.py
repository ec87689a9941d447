"""The last look at a result: the parser must find the same page in it.

The lexer nests tags by their names alone. Where a page is misnested it may take a script's text for markup, or markup
for text, and a rule applied there would change the page. So the trees of both pages are compared: all elements in
order, the words of all text, and what stands in script, style and their like byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.tree import PlainTree

__all__ = ["Sight"]

_VERBATIM = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a parser without scripts sees of a page."""

    elements: tuple[str | None, ...]
    """The name of each element, in the order of the document."""
    words: tuple[bytes, ...]
    """The text, cut at white space."""
    verbatim: tuple[str, ...]

    @classmethod
    def of(cls, tree: PlainTree) -> Sight:
        return cls(
            elements=tuple(node.tag for node in tree.select(["*"])),
            words=tuple(tree.text().encode("utf-8", "surrogatepass").split()),
            verbatim=tuple(node.text() for node in tree.select(_VERBATIM)),
        )
