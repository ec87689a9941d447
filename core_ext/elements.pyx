"""The table of element names, filled once when the module is loaded."""

from core_ext.machine cimport (
    ENDS_AFTER, S_BEFORE_VALUE, S_CSS, S_IFRAME, S_NAME, S_NOEMBED, S_NOFRAMES, S_NOSCRIPT, S_PLAINTEXT, S_SCRIPT,
    S_TAG_NAME, S_TEXTAREA, S_TITLE, S_VALUE, S_VALUE_DQ, S_VALUE_SQ, S_XMP, is_letter, is_space, tag_step,
)
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcpy, strlen

cdef enum:
    SLOTS = 512  # a power of two, about four times the names

cdef struct Slot:
    uint64_t low
    uint64_t high
    size_t size
    Element element

cdef Slot TABLE[SLOTS]


cdef inline size_t slot_of(uint64_t low, uint64_t high, size_t size) noexcept nogil:
    return ((low ^ (high << 1) ^ size) * <uint64_t>0x9E3779B97F4A7C15 >> 55) & (SLOTS - 1)


cdef Name read_name(const uint8_t *start, const uint8_t *end) noexcept nogil:
    """The tag name that begins at `start`: up to white-space, "/" or ">"."""
    cdef Name name
    cdef const uint8_t *cursor = start
    cdef uint8_t lower[LONGEST_NAME]
    cdef size_t size = 0
    cdef uint8_t c
    memcpy(lower, b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", LONGEST_NAME)
    while cursor < end:
        c = cursor[0]
        if is_space(c) or c == 0x2F or c == 0x3E:
            break
        if size < LONGEST_NAME:
            lower[size] = c | 0x20 if is_letter(c) else c
        size += 1
        cursor += 1
    memcpy(&name.low, lower, 8)
    memcpy(&name.high, lower + 8, 8)
    name.size = size
    name.start = start
    return name


cdef Element element_of(const Name *name) noexcept nogil:
    """Traits of an element; all zero for a name that means nothing to the lexer."""
    cdef Element none
    cdef size_t slot
    none.traits = 0
    none.raw_state = 0
    if name.size > LONGEST_NAME:
        return none
    slot = slot_of(name.low, name.high, name.size)
    while TABLE[slot].size != 0:
        if TABLE[slot].low == name.low and TABLE[slot].high == name.high and TABLE[slot].size == name.size:
            return TABLE[slot].element
        slot = (slot + 1) & (SLOTS - 1)
    return none


cdef bint same_name(const Name *a, const Name *b) noexcept nogil:
    """Names compare without regard to ASCII case."""
    cdef size_t i
    cdef uint8_t c, d
    if a.size != b.size or a.low != b.low or a.high != b.high:
        return False
    for i in range(LONGEST_NAME, a.size):
        c, d = a.start[i], b.start[i]
        if c != d and not (is_letter(c) and is_letter(d) and (c | 0x20) == (d | 0x20)):
            return False
    return True


cdef bint equals(const uint8_t *start, const uint8_t *end, const char *wanted) noexcept nogil:
    cdef size_t size = strlen(wanted), i
    cdef uint8_t c
    if <size_t>(end - start) != size:
        return False
    for i in range(size):
        c = start[i]
        if (c | 0x20 if is_letter(c) else c) != <uint8_t>wanted[i]:
            return False
    return True


cdef bint has_attribute(const uint8_t *tag, const uint8_t *end, const char *name, const char *value) noexcept nogil:
    """Whether the start tag has an attribute of this name and, unless NULL, this value (ASCII case ignored)."""
    cdef int state = S_TAG_NAME, before
    cdef const uint8_t *cursor = tag + 1
    cdef const uint8_t *began = NULL
    cdef bint is_named = False
    while cursor < end:
        before = state
        state = tag_step(state, cursor[0])
        if before == S_NAME and state != S_NAME:
            is_named = equals(began, cursor, name)
            if is_named and value == NULL:
                return True
        elif is_named and before in (S_VALUE, S_VALUE_DQ, S_VALUE_SQ) and state != before:
            if equals(began, cursor, value):
                return True
        if state == ENDS_AFTER:
            return False
        if state == S_NAME and before != S_NAME:
            began = cursor
        elif before == S_BEFORE_VALUE and state != before:
            began = cursor if state == S_VALUE else cursor + 1
        cursor += 1
    return False


def _fill() -> None:
    traits = {}

    def mark(trait, names):
        for name in names.split():
            traits[name] = traits.get(name, 0) | trait

    mark(VOID, "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
    mark(PRESERVES, "pre listing textarea xmp plaintext")
    mark(EATS_NEWLINE, "pre listing textarea")
    mark(SVG_ROOT, "svg")
    mark(MATH_ROOT, "math")
    mark(SVG_INTEGRATION, "foreignobject desc title")
    mark(MATH_INTEGRATION, "mi mo mn ms mtext")
    mark(ANNOTATION_XML, "annotation-xml")
    mark(FONT, "font")
    mark(FOREIGN_TEXT, "text style script")
    mark(TABLE_PART, "table tbody thead tfoot tr colgroup")
    mark(P_OR_BR, "p br")
    mark(
        BREAKS_OUT,
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
        "meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
    )
    raw = {
        "title": S_TITLE, "textarea": S_TEXTAREA, "style": S_CSS, "xmp": S_XMP, "iframe": S_IFRAME,
        "noembed": S_NOEMBED, "noframes": S_NOFRAMES, "noscript": S_NOSCRIPT, "script": S_SCRIPT,
        "plaintext": S_PLAINTEXT,
    }
    cdef Name name
    cdef size_t slot
    cdef bytes encoded
    for text in sorted({*traits, *raw}):
        encoded = text.encode()
        name = read_name(<const uint8_t *>encoded, <const uint8_t *>encoded + len(encoded))
        slot = slot_of(name.low, name.high, name.size)
        while TABLE[slot].size != 0:
            slot = (slot + 1) & (SLOTS - 1)
        TABLE[slot].low = name.low
        TABLE[slot].high = name.high
        TABLE[slot].size = name.size
        TABLE[slot].element.traits = traits.get(text, 0)
        TABLE[slot].element.raw_state = raw.get(text, 0)


_fill()
