"""The CSS engine: what of a page's style sheets nothing can need, and the rest in fewer bytes.

What stays gives every element the computed style that it had, in every state that the page can take: at any width, in
print, in the dark, under the pointer, and whatever its scripts do with the names that they mention. What is not
understood stays as it is written.
"""

from optimizer.css.edits import Analysis, Edit, analyse
from optimizer.css.matching import Matcher
from optimizer.css.minify import minify_declarations, minify_selector
from optimizer.css.page_index import PageIndex
from optimizer.css.sheet import Sheet
from optimizer.css.styled import UNKNOWN, declarations, styled
from optimizer.css.words import ScriptNames

__all__ = [
    "UNKNOWN",
    "Analysis",
    "Edit",
    "Matcher",
    "PageIndex",
    "ScriptNames",
    "Sheet",
    "analyse",
    "declarations",
    "minify_declarations",
    "minify_selector",
    "styled",
]
