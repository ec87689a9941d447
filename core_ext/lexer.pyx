"""The lossless lexer: cuts a page at the WHATWG tokenizer's boundaries; the slices add up to the page, byte for byte.

Linear in the page, whatever its bytes are. Normative text: docs/lexer.md.
"""

from array import array

from core_ext.constants import PIECE_BYTES as _PIECE_BYTES
from core_ext.elements cimport (
    ANNOTATION_XML, BREAKS_OUT, FONT, FOREIGN_TEXT, MATH_INTEGRATION, MATH_ROOT, P_OR_BR, PRESERVES, SVG_INTEGRATION,
    SVG_ROOT, VOID, Element, Name, element_of, has_attribute, read_name,
)
from core_ext.errors import PageTooLarge
from core_ext.machine cimport (
    ENDS_AFTER, ENDS_BEFORE, S_BOGUS, S_CDATA, S_COMMENT, S_CSS, S_DATA, S_DBL, S_DOCTYPE, S_FILL, S_IDENT,
    S_PLAINTEXT, S_RULE, S_SCRIPT, S_TAG_NAME, Rule, cdata_step, comment_step, fill_step, is_letter, is_space,
    matches, opens_group, rule_step, script_step, tag_step,
)
from core_ext.scan cimport (
    begins_markup, cdata_end, comment_end, find, is_cdata, is_end_tag, ld_css_stop, past, raw_end, state_behind,
    tag_end,
)
from core_ext.state cimport (
    F_FOREIGN, Lexer, Open, close_lexer, inside, leave_foreign, open_lexer, pop, push, put,
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    K_DOCTYPE = 1
    K_START = 2
    K_END = 3
    K_TEXT = 4
    K_COMMENT = 5
    K_RAW = 6
    K_CDATA = 7
    K_CSS = 8
    PIECE = 1024
    # Flag bits, as in constants.py.
    F_PRESERVE = 0x0100
    F_CDATA_OK = 0x0400
    F_LAST = 0x0800
    F_HEAD = 0x2000
    F_MATH = 0x4000         # outside style sheets
    F_IN_GROUP = 0x4000     # in style sheets
    F_AT = 0x8000
    NESTING_SHIFT = 10
    HTML = 0
    SVG = 1
    MATH = 2

assert _PIECE_BYTES == PIECE


cdef void put_long(Lexer *lx, int kind, const uint8_t *start, const uint8_t *end, int base, int state) noexcept nogil:
    """Appends a token that is not script or style, in pieces; `state` is that of its byte `skip`."""
    cdef const uint8_t *cursor
    cdef const uint8_t *piece = start
    cdef int skip = 0
    put(lx, kind, start, base | (S_DATA if kind != K_RAW else state))
    if end - start <= PIECE:
        return
    if state == S_TAG_NAME:
        skip = 1 if kind == K_START else 2
    elif state == S_COMMENT:
        skip = 4
    elif state == S_CDATA:
        skip = 9
    cursor = start + skip
    while cursor < end:
        if cursor - piece == PIECE:
            piece = cursor
            put(lx, kind, piece, base | state)
        if kind == K_START or kind == K_END:
            state = tag_step(state, cursor[0])
        elif kind == K_CDATA:
            state = cdata_step(state, cursor[0])
        elif S_COMMENT <= state < S_BOGUS:
            state = comment_step(state, cursor[0])
        cursor += 1


cdef const uint8_t *script(Lexer *lx, const uint8_t *start, const Name *name, int base) noexcept nogil:
    """Appends the text of a script; gives its end. In double escaped text an end tag does not end it."""
    cdef const uint8_t *cursor = start
    cdef const uint8_t *hit
    cdef const uint8_t *piece = start
    cdef int state = S_SCRIPT, piece_state = S_SCRIPT
    while cursor < lx.end:
        if cursor[0] == 0x3C and state < S_DBL and is_end_tag(cursor, lx.end, name):
            break
        if cursor - piece == PIECE:
            put(lx, K_RAW, piece, base | piece_state)
            piece = cursor
            piece_state = state
        if state == S_SCRIPT and cursor[0] != 0x3C:
            hit = find(cursor, lx.end, 0x3C)
            while hit - piece > PIECE:
                put(lx, K_RAW, piece, base | piece_state)
                piece += PIECE
                piece_state = S_SCRIPT
            cursor = hit
            continue
        state = script_step(state, cursor[0])
        cursor += 1
    if cursor > piece:
        put(lx, K_RAW, piece, base | piece_state)
    return cursor


cdef const uint8_t *css_token(Lexer *lx, const uint8_t *start, const uint8_t *end, int base) noexcept nogil:
    """Appends one token of a style sheet in its pieces and opens or closes its group; gives its end."""
    cdef const uint8_t *cursor = start
    cdef const uint8_t *piece = start
    cdef const uint8_t *limit
    cdef const uint8_t *stop
    cdef size_t first = lx.count
    cdef int state, piece_flags
    cdef bint is_fill
    cdef Rule rule
    rule.nesting = 0
    rule.in_group = (base & F_IN_GROUP) != 0
    rule.is_at = start[0] == 0x40
    rule.is_head = rule.is_at and opens_group(start, end - start)
    if rule.in_group and start[0] == 0x7D:
        put(lx, K_CSS, start, base | S_CSS)
        lx.depth -= 1
        return start + 1
    is_fill = is_space(start[0]) or (rule.in_group and start[0] == 0x3B) or (
        start[0] == 0x2F and start + 1 < end and start[1] == 0x2A
    )
    state = S_FILL if is_fill else S_RULE
    piece_flags = base | S_CSS
    while cursor < end:
        if cursor - piece == PIECE:
            put(lx, K_CSS, piece, piece_flags)
            piece = cursor
            piece_flags = base | state
            if not is_fill:
                piece_flags |= rule.nesting << NESTING_SHIFT
                piece_flags |= (F_AT if rule.is_at else 0) | (F_HEAD if rule.is_head else 0)
        if not is_fill and (state == S_RULE or state == S_IDENT):
            # What leaves braces and strings alone is passed over at once, up to where a piece would end.
            limit = piece + PIECE if end - piece > PIECE else end
            stop = ld_css_stop(cursor, limit, rule.is_at and rule.nesting == 0)
            state = state_behind(cursor, stop, state, &rule)
            cursor = stop
            if cursor == limit:
                continue
        if is_fill:
            if state == S_FILL and cursor[0] == 0x2F and (cursor + 1 == end or cursor[1] != 0x2A):
                break
            state = fill_step(state, cursor[0], rule.in_group)
        else:
            state = rule_step(state, cursor[0], &rule)
        if state == ENDS_BEFORE:
            break
        cursor += 1
        if state == ENDS_AFTER:
            break
    # Nothing is left where a token ends before the byte that would begin its next piece.
    if cursor > piece:
        put(lx, K_CSS, piece, piece_flags)
    if state == ENDS_AFTER and rule.is_head and cursor[-1] == 0x7B:
        open_group(lx, first)
    return cursor


cdef void open_group(Lexer *lx, size_t token) noexcept nogil:
    cdef Open entry
    entry.name.size = 0
    entry.name.low = 0
    entry.name.high = 0
    entry.name.start = lx.page
    entry.token = lx.base + <uint32_t>token
    entry.flags = inside(lx)
    entry.space = HTML
    push(lx, &entry)


cdef uint8_t space_of(Lexer *lx, const Element *element) noexcept nogil:
    """The namespace that an element gets where it stands (13.2.6.5)."""
    if not inside(lx) & F_FOREIGN:
        if element.traits & SVG_ROOT:
            return SVG
        return MATH if element.traits & MATH_ROOT else HTML
    return SVG if element.traits & SVG_ROOT else lx.stack[lx.depth - 1].space


cdef uint16_t flags_inside(
    Lexer *lx, const Element *element, uint8_t space, const uint8_t *tag, const uint8_t *end
) noexcept nogil:
    """Flags of the place inside an element that is being opened."""
    cdef uint16_t flags = inside(lx) & F_PRESERVE
    if space == HTML:
        return flags | (F_PRESERVE if element.traits & PRESERVES else 0)
    flags |= F_CDATA_OK | (F_MATH if space == MATH else 0)
    if element.traits & FOREIGN_TEXT:
        flags |= F_PRESERVE
    if space == SVG and element.traits & SVG_INTEGRATION:
        return flags
    if space == MATH:
        if element.traits & MATH_INTEGRATION:
            return flags
        if element.traits & ANNOTATION_XML and (
            has_attribute(tag, end, b"encoding", b"text/html")
            or has_attribute(tag, end, b"encoding", b"application/xhtml+xml")
        ):
            return flags
    return flags | F_FOREIGN


cdef inline const uint8_t *first_piece(const uint8_t *start, const uint8_t *end) noexcept nogil:
    """Where the first piece of what begins at `start` ends at the latest."""
    return start + PIECE if end - start > PIECE else end


cdef const uint8_t *start_tag(Lexer *lx, const uint8_t *start) noexcept nogil:
    """Appends a start tag, and the text of the raw text element that it may open; gives what comes after."""
    cdef bint is_self_closing = False
    # Names and attributes count as far as the first piece shows them, so that one leaf tells what an element is.
    cdef const uint8_t *first = first_piece(start, lx.end)
    cdef Name name = read_name(start + 1, first)
    cdef Element element = element_of(&name)
    cdef const uint8_t *end = tag_end(start + 1, lx.end, &is_self_closing)
    cdef const uint8_t *raw
    cdef size_t token = lx.count
    cdef Open entry
    if end < first:
        first = end
    # Before the tag is appended: its step then stands on the very stack that its element is pushed on.
    if inside(lx) & F_FOREIGN and (
        element.traits & BREAKS_OUT
        or (
            element.traits & FONT
            and (
                has_attribute(start, first, b"color", NULL)
                or has_attribute(start, first, b"face", NULL)
                or has_attribute(start, first, b"size", NULL)
            )
        )
    ):
        leave_foreign(lx)
    put_long(lx, K_START, start, end, inside(lx), S_TAG_NAME)
    entry.space = space_of(lx, &element)
    if element.traits & VOID and entry.space == HTML:
        return end
    if is_self_closing and entry.space != HTML:
        return end
    entry.name = name
    entry.token = lx.base + <uint32_t>token
    entry.flags = flags_inside(lx, &element, entry.space, start, first)
    push(lx, &entry)
    if entry.space != HTML or not element.raw_state:
        return end
    if element.raw_state == S_SCRIPT:
        return script(lx, end, &name, inside(lx))
    raw = lx.end if element.raw_state == S_PLAINTEXT else raw_end(end, lx.end, &name)
    if element.raw_state == S_CSS:
        # Its rules come one by one, so that no style sheet keeps others waiting.
        lx.style_end = raw
        lx.style_flags = inside(lx) & (F_FOREIGN | F_PRESERVE)
        lx.style_outside = lx.depth
        return end
    if raw > end:
        put_long(lx, K_RAW, end, raw, inside(lx), element.raw_state)
    return raw


cdef const uint8_t *end_tag(Lexer *lx, const uint8_t *start) noexcept nogil:
    cdef bint is_self_closing = False
    cdef Name name = read_name(start + 2, first_piece(start, lx.end))
    cdef Element element = element_of(&name)
    cdef const uint8_t *end = tag_end(start + 2, lx.end, &is_self_closing)
    if element.traits & P_OR_BR and inside(lx) & F_FOREIGN:
        leave_foreign(lx)
    put_long(lx, K_END, start, end, inside(lx), S_TAG_NAME)
    pop(lx, &name)
    return end


cdef const uint8_t *declaration(Lexer *lx, const uint8_t *start) noexcept nogil:
    """Appends what begins with "<!": comment, doctype, CDATA section or bogus comment (13.2.5.42)."""
    cdef const uint8_t *end
    cdef uint16_t flags = inside(lx)
    if matches(start, lx.end - start, b"<!--"):
        end = comment_end(start, lx.end)
        put_long(lx, K_COMMENT, start, end, flags, S_COMMENT)
    elif matches(start, lx.end - start, b"<!doctype"):
        end = past(start, lx.end, 0x3E)
        put_long(lx, K_DOCTYPE, start, end, flags, S_DOCTYPE)
    elif flags & F_CDATA_OK and is_cdata(start, lx.end):
        end = cdata_end(start, lx.end)
        put_long(lx, K_CDATA, start, end, flags, S_CDATA)
    else:
        end = past(start, lx.end, 0x3E)
        put_long(lx, K_COMMENT, start, end, flags, S_BOGUS)
    return end


cdef void lex_on(Lexer *lx, size_t most) noexcept nogil:
    """Appends tokens until there are `most`, or a few more: the pieces of one token are not parted."""
    cdef const uint8_t *cursor = lx.cursor
    cdef const uint8_t *hit
    while cursor < lx.end and lx.count < most and not lx.failed:
        if lx.style_end != NULL:
            if cursor < lx.style_end:
                cursor = css_token(
                    lx, cursor, lx.style_end, lx.style_flags | (F_IN_GROUP if lx.depth > lx.style_outside else 0)
                )
                continue
            lx.style_end = NULL
        hit = find(cursor, lx.end, 0x3C)
        while hit < lx.end and not begins_markup(hit, lx.end):
            hit = find(hit + 1, lx.end, 0x3C)
        if hit > cursor:
            put_long(lx, K_TEXT, cursor, hit, inside(lx), S_DATA)
            cursor = hit
        elif is_letter(cursor[1]):
            cursor = start_tag(lx, cursor)
        elif cursor[1] == 0x21:
            cursor = declaration(lx, cursor)
        elif cursor[1] == 0x2F and is_letter(cursor[2]):
            cursor = end_tag(lx, cursor)
        else:
            hit = past(cursor, lx.end, 0x3E)
            put_long(lx, K_COMMENT, cursor, hit, inside(lx), S_BOGUS)
            cursor = hit
    lx.cursor = cursor
    if cursor == lx.end and lx.count and lx.flags[lx.count - 1] & 0x7F < S_CSS:
        lx.flags[lx.count - 1] |= F_LAST


cdef class Tokens:
    """The tokens of one page, by columns; token i is page[starts[i]:starts[i + 1]]."""

    def __init__(self):
        raise TypeError("tokens come from lex()")

    def slice(self, Py_ssize_t index):
        """The bytes of one token."""
        if not 0 <= index < self.count:
            raise IndexError(f"token {index} of {self.count}")
        return bytes(self.page[self.starts[index] : self.starts[index + 1]])

    def __len__(self):
        return self.count


cdef object column(str code, const void *start, size_t size):
    """A read-only typed view on a copy of a column."""
    cells = array(code)
    cells.frombytes((<const char *>start)[:size])
    return memoryview(cells).toreadonly()


def lex(const uint8_t[::1] page not None) -> Tokens:
    """The tokens of a page; an empty page has none. Raises PageTooLarge past 2^32 - 2 bytes."""
    cdef Lexer lx
    cdef size_t size = page.shape[0]
    cdef Tokens tokens
    if size > 0xFFFFFFFE:
        raise PageTooLarge(f"a page of {size} bytes: at most {0xFFFFFFFE} fit 32-bit offsets")
    try:
        if not open_lexer(&lx, &page[0] if size else NULL, size, size // 64 + 64):
            raise MemoryError
        with nogil:
            lex_on(&lx, size + 1)
            # One more start: the page's end.
            put(&lx, 0, lx.end, 0)
        if lx.failed:
            raise MemoryError
        tokens = Tokens.__new__(Tokens)
        tokens.count = lx.count - 1
        tokens.page = page.base if page.base is not None else page
        tokens.kinds = (<const char *>lx.kinds)[: lx.count - 1]
        tokens.starts = column("I", lx.starts, lx.count * 4)
        tokens.flags = column("H", lx.flags, (lx.count - 1) * 2)
        tokens.depths = column("H", lx.depths, (lx.count - 1) * 2)
        tokens.parents = column("I", lx.parents, (lx.count - 1) * 4)
        return tokens
    finally:
        close_lexer(&lx)
