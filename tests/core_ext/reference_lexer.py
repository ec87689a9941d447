"""The slow oracle of the lexer: docs/lexer.md word for word, from the page's first byte to its last.

Markup is stepped by the specification's own states (reference_states), style sheets by constructs (reference_css).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import reference_css as css
from reference_states import END, number_of, step

PIECE_BYTES = 1024
NO_PARENT = 2**32 - 1
REACH = 256
DOCTYPE, START, END_TAG, TEXT, COMMENT, RAW, CDATA, CSS = range(1, 9)
FOREIGN, PRESERVE, CDATA_OK, LAST, MATH = 0x80, 0x100, 0x400, 0x800, 0x4000
CSS_NESTING_SHIFT, CSS_HEAD, CSS_IN_GROUP, CSS_AT = 10, 0x2000, 0x4000, 0x8000

VOID = set(
    b"area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
PRESERVES = set(b"pre listing textarea xmp plaintext".split())
FOREIGN_TEXT = set(b"text style script".split())
BREAKS_OUT = set(
    b"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    b"nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
RAW_STATES = {
    b"plaintext": 20,
    b"title": 21,
    b"textarea": 22,
    b"xmp": 23,
    b"iframe": 24,
    b"noembed": 25,
    b"noframes": 26,
    b"noscript": 27,
    b"script": 30,
    b"style": 64,
}
_MARKUP = re.compile(rb"<(?:[A-Za-z!?]|/(?=.))", re.DOTALL)
_TAG_NAME = re.compile(rb"</?([^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*(=?[^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*)?))?"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece with the state before it."""

    kind: int
    start: int
    end: int
    flags: int
    depth: int
    parent: int


@dataclass(slots=True)
class Open:
    """An open element, or with no name an open group of a style sheet."""

    name: bytes
    token: int
    space: str = "html"
    flags_inside: int = 0


@dataclass(slots=True)
class Lexer:
    page: bytes
    tokens: list[Token] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)

    @property
    def inside(self) -> int:
        return self.stack[-1].flags_inside if self.stack else 0

    def put(self, kind: int, start: int, end: int, cuts: Iterator[int] | None, base: int, first: int = 0) -> None:
        """Appends a token in pieces; `cuts` gives the flags of each piece but the first."""
        parent = self.stack[-1].token if self.stack else NO_PARENT
        flags = base | first
        while start < end:
            piece_end = min(start + PIECE_BYTES, end)
            self.tokens.append(Token(kind, start, piece_end, flags, len(self.stack), parent))
            start = piece_end
            if start < end and cuts is not None:
                flags = base | next(cuts)


def lex(page: bytes) -> list[Token]:
    """The tokens of a page."""
    lexer = Lexer(page)
    at = 0
    while at < len(page):
        markup = _MARKUP.search(page, at)
        if markup is None or markup.start() > at:
            end = markup.start() if markup else len(page)
            lexer.put(TEXT, at, end, None, lexer.inside)
        elif page[at + 1 : at + 2].isalpha():
            end = _start_tag(lexer, at)
        elif re.match(rb"</[A-Za-z]", page[at:]):
            end = _end_tag(lexer, at)
        else:
            end = _declaration(lexer, at)
        at = end
    if lexer.tokens and lexer.tokens[-1].kind != CSS:
        last = lexer.tokens[-1]
        lexer.tokens[-1] = Token(last.kind, last.start, last.end, last.flags | LAST, last.depth, last.parent)
    return lexer.tokens


def _start_tag(lexer: Lexer, at: int) -> int:
    end, cuts, is_self_closing = _tag(lexer.page, at, 1)
    tag = lexer.page[at : min(end, at + PIECE_BYTES)]
    name = _name(tag)
    token = len(lexer.tokens)
    attributes = _attributes(tag)
    if lexer.inside & FOREIGN and (
        name in BREAKS_OUT or (name == b"font" and attributes.keys() & {b"color", b"face", b"size"})
    ):
        _leave_foreign(lexer)
    lexer.put(START, at, end, iter(cuts), lexer.inside)
    space = _space(lexer, name)
    if (space == "html" and name in VOID) or (space != "html" and is_self_closing):
        return end
    lexer.stack.append(Open(name, token, space, _flags_inside(lexer, name, space, attributes)))
    if space != "html" or name not in RAW_STATES:
        return end
    state = RAW_STATES[name]
    if state == 30:
        return _script(lexer, end)
    found = re.compile(rb"</" + name + rb"[\t\n\f\r />]", re.IGNORECASE).search(lexer.page, end)
    raw_end = found.start() if found and name != b"plaintext" else len(lexer.page)
    if state == 64:
        _style(lexer, end, raw_end)
    else:
        lexer.put(RAW, end, raw_end, None, lexer.inside, state)
    return raw_end


def _end_tag(lexer: Lexer, at: int) -> int:
    end, cuts, _ = _tag(lexer.page, at, 2)
    name = _name(lexer.page[at : min(end, at + PIECE_BYTES)])
    if name in (b"p", b"br") and lexer.inside & FOREIGN:
        _leave_foreign(lexer)
    lexer.put(END_TAG, at, end, iter(cuts), lexer.inside)
    for depth in range(len(lexer.stack) - 1, max(-1, len(lexer.stack) - 1 - REACH), -1):
        if lexer.stack[depth].name == name:
            del lexer.stack[depth:]
            break
    return end


def _declaration(lexer: Lexer, at: int) -> int:
    """13.2.5.42, and the bogus comments of 13.2.5.6 and 13.2.5.7."""
    page, base = lexer.page, lexer.inside
    if page.startswith(b"<!--", at):
        kind, state, skip = COMMENT, "comment start", 4
    elif page[at : at + 9].lower() == b"<!doctype":
        kind, state, skip = DOCTYPE, "doctype", 9
    elif page.startswith(b"<![CDATA[", at) and base & CDATA_OK:
        kind, state, skip = CDATA, "CDATA section", 9
    else:
        kind, state, skip = COMMENT, "bogus comment", 2
    end, cuts, _ = _walk(page, at, skip, state)
    lexer.put(kind, at, end, iter(cuts), base)
    return end


def _walk(page: bytes, at: int, skip: int, state: str) -> tuple[int, list[int], str]:
    """Steps from `at + skip` in `state`: the token's end, the state at each cut, and the state before the last byte."""
    cuts = []
    before = state
    for i in range(at + skip, len(page)):
        if (i - at) % PIECE_BYTES == 0:
            cuts.append(number_of(state))
        before, state = state, step(state, page[i])
        if state == END:
            return i + 1, cuts, before
    return len(page), cuts, ""


def _tag(page: bytes, at: int, skip: int) -> tuple[int, list[int], bool]:
    end, cuts, before = _walk(page, at, skip, "tag name")
    return end, cuts, before == "self-closing start tag"


def _script(lexer: Lexer, start: int) -> int:
    """13.2.5.4 and 13.2.5.15 to 13.2.5.31: an end tag ends it, but not in the double escaped states."""
    page, state, at = lexer.page, "script data", start
    is_end = re.compile(rb"</script[\t\n\f\r />]", re.IGNORECASE)
    cuts = []
    while at < len(page):
        if is_end.match(page, at) and number_of(state) < 44:
            break
        if at > start and (at - start) % PIECE_BYTES == 0:
            cuts.append(number_of(state))
        state = step(state, page[at])
        at += 1
    lexer.put(RAW, start, at, iter(cuts), lexer.inside, 30)
    return at


def _style(lexer: Lexer, start: int, end: int) -> None:
    text = lexer.page[:end]
    outside = len(lexer.stack)
    base = lexer.inside & (FOREIGN | PRESERVE)
    while start < end:
        in_group = len(lexer.stack) > outside
        flags = base | (CSS_IN_GROUP if in_group else 0)
        if in_group and text[start : start + 1] == b"}":
            lexer.put(CSS, start, start + 1, None, flags, 64)
            lexer.stack.pop()
            start += 1
            continue
        stop = css.fill_end(text, start, in_group)
        if stop > start:
            fills = (css.place_in_fill(text[start:cut]).state for cut in range(start + PIECE_BYTES, stop, PIECE_BYTES))
            lexer.put(CSS, start, stop, fills, flags, 64)
            start = stop
            continue
        stop = css.rule_end(text, start, in_group)
        token = len(lexer.tokens)
        is_head = css.is_group_head(text[start:])
        lexer.put(CSS, start, stop, _rule_cuts(text, start, stop), flags, 64)
        if is_head and text[stop - 1 : stop] == b"{" and css.place_in_rule(text[start : stop - 1]).state in _CLOSED:
            lexer.stack.append(Open(b"", token, "html", lexer.inside))
        start = stop


# The states in which a "{" is a brace: not in a comment, a string or a url.
_CLOSED = frozenset((69, 70, 72, 81, 82, 83))


def _rule_cuts(text: bytes, start: int, stop: int) -> Iterator[int]:
    kind = (CSS_AT if text[start : start + 1] == b"@" else 0) | (CSS_HEAD if css.is_group_head(text[start:]) else 0)
    for cut in range(start + PIECE_BYTES, stop, PIECE_BYTES):
        place = css.place_in_rule(text[start:cut])
        yield place.state | place.nesting << CSS_NESTING_SHIFT | kind


def _name(tag: bytes) -> bytes:
    match = _TAG_NAME.match(tag)
    return match[1].lower() if match else b""


def _attributes(tag: bytes) -> dict[bytes, list[bytes]]:
    """Every attribute of a first piece with its values, duplicates included: which comes first does not matter."""
    found: dict[bytes, list[bytes]] = {}
    match = _TAG_NAME.match(tag)
    at = match.end() if match else 0
    while at < len(tag) and (match := _ATTRIBUTE.match(tag, at)) and match.end() > at:
        # What the end of the piece cuts off may be longer than it looks.
        is_cut = match.end() == len(tag) and match[2] is None and match[3] is None
        if match[1] and not (is_cut and match.end(1) == len(tag)):
            values = [value for value in match.groups()[1:] if value is not None and not is_cut]
            found.setdefault(match[1].lower(), []).extend(value.lower() for value in values)
        at = match.end()
    return found


def _leave_foreign(lexer: Lexer) -> None:
    while lexer.inside & FOREIGN:
        lexer.stack.pop()


def _space(lexer: Lexer, name: bytes) -> str:
    """13.2.6.5: the namespace that an element gets where it stands."""
    if not lexer.inside & FOREIGN:
        return {b"svg": "svg", b"math": "math"}.get(name, "html")
    return "svg" if name == b"svg" else lexer.stack[-1].space


def _flags_inside(lexer: Lexer, name: bytes, space: str, attributes: dict[bytes, list[bytes]]) -> int:
    flags = lexer.inside & PRESERVE
    if space == "html":
        return flags | (PRESERVE if name in PRESERVES else 0)
    flags |= CDATA_OK | (MATH if space == "math" else 0) | (PRESERVE if name in FOREIGN_TEXT else 0)
    encodings = attributes.get(b"encoding", [])
    is_integration_point = (
        (space == "svg" and name in (b"foreignobject", b"desc", b"title"))
        or (space == "math" and name in (b"mi", b"mo", b"mn", b"ms", b"mtext"))
        or (
            space == "math"
            and name == b"annotation-xml"
            and any(value in (b"text/html", b"application/xhtml+xml") for value in encodings)
        )
    )
    return flags if is_integration_point else flags | FOREIGN
