"""What of a page may be read or changed by scripts, as far as the page tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core_ext import START
from optimizer import tags
from optimizer.document import Document
from optimizer.native.attributes import Attributes

__all__ = ["JAVASCRIPT", "Script", "has_unread_sheets", "other_script_texts", "scripts_of", "unread_scripts"]

# WHATWG HTML 4.12.1 and MIME Sniffing 4.6.
JAVASCRIPT = re.compile(
    r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|text/javascript1\.[0-5]|text/(?:jscript|livescript))?\Z"
)
_IMPORT = re.compile(rb"@import\s*(?:url\(\s*)?[\"']?([^\"')\s;]*)|@\\", re.I)
# Answers with @font-face rules and nothing else.
_FONTS = re.compile(r"(?:https?:)?//fonts\.googleapis\.com/css2?\?", re.I)
_SHEET_LINK = re.compile(rb"<link(?=[\t\n\f\r /])[^>]*stylesheet[^>]*", re.I)
_STYLESHEET = re.compile(rb"stylesheet", re.I)
_DATA = re.compile(rb"data-|on[a-z]{3,}\Z|x-|v-|ng-|:|@|hx-|up-|\*|\[|\(")


@dataclass(frozen=True, slots=True)
class Script:
    """A script element."""

    token: int
    type: str
    """In lower case, "" where the page says none."""
    is_linked: bool
    start: int
    """Where its text begins."""
    stop: int

    @property
    def is_javascript(self) -> bool:
        return self.type == "module" or JAVASCRIPT.match(self.type) is not None

    @property
    def runs(self) -> bool:
        return self.is_javascript or self.type == "importmap"


def scripts_of(document: Document) -> tuple[Script, ...]:
    """The script elements of a page, in order."""
    found = []
    for index in document.told_tags["script"]:
        read = tags.attributes(document.whole(index))
        reach = document.inside(index)
        # `language` counts where there is no `type`.
        told = read.get("type") or ("text/" + read["language"] if read.get("language") else "")
        place = document.starts[reach.start], document.starts[reach.stop]
        found.append(Script(index, told.strip("\t\n\f\r ").lower(), "src" in read, *place))
    return tuple(found)


def unread_scripts(document: Document, scripts: tuple[Script, ...]) -> bool:
    """Whether scripts run that are not in the page."""
    return any(
        script.runs and (script.is_linked or b"import" in document.page[script.start : script.stop])
        for script in scripts
    )


def other_script_texts(document: Document, attributes: Attributes) -> Iterator[bytes]:
    """Text besides script elements from which scripts may take names: data, handlers, templates, addresses."""
    page = document.page
    for index in document.told_tags["template"]:
        yield document.span(document.inside(index))
    wanted = {number for number, word in enumerate(attributes.words) if _DATA.match(word)}
    if wanted:
        for place, number in enumerate(attributes.names):
            if number in wanted:
                yield page[attributes.value_starts[place] : attributes.value_stops[place]]
    hidden = b"javascript:"
    found = document.lowered.find(hidden)
    while found >= 0:
        index = document.index_at(found)
        if document.kinds[index] == START:
            stop = document.starts[index + 1]
            yield page[found:stop]
            found = stop
        found = document.lowered.find(hidden, found + 1)


def has_unread_sheets(document: Document) -> bool:
    """Whether style sheets may apply that were not read, other than such as hold fonts only."""
    if any(_is_unread(tags.attributes(document.whole(index)), document) for index in document.told_tags["link"]):
        return True
    if document.linked is None:
        for text in document.noscript_texts:
            for link in _SHEET_LINK.findall(text):
                if b"//fonts.googleapis.com/css" not in link:
                    return True
    for script in scripts_of(document):
        # It makes a link element, or makes one of a hint.
        if script.runs and _STYLESHEET.search(document.page, script.start, script.stop):
            return True
    for text in (*document.style_texts, *(document.linked or ())):
        for found in _IMPORT.finditer(text):
            if found[1] is None or not _FONTS.match(found[1].decode("latin-1")):
                return True
    return False


def _is_unread(link: dict[str, str], document: Document) -> bool:
    address = link.get("href", "").strip("\t\n\f\r ")
    if not address or _FONTS.match(address):
        return False
    if "stylesheet" in link.get("rel", "").lower().split():
        return document.linked is None
    # What is only loaded beforehand is a style sheet once a handler or script says so.
    is_hint = link.get("as", "").strip("\t\n\f\r ").lower() == "style"
    return is_hint and (document.linked is None or "onload" in link)
