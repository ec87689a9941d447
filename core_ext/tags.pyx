"""NORMALIZE_TAG and DROP_EMPTY_ATTR: one tag, written shorter (docs/lexer.md, "Rules" 4 and 6).

Invariants: never longer than it was; doing it twice is doing it once; rule 4 gives the same element with the same
attributes, rule 6 leaves out attributes and values that mean nothing.
"""

from core_ext.machine cimport (
    ENDS_AFTER, S_AFTER_QUOTED, S_BEFORE_VALUE, S_DATA, S_NAME, S_SLASH, S_TAG_NAME, S_VALUE, S_VALUE_DQ, S_VALUE_SQ,
    is_letter, is_space, matches, tag_step,
)
from core_ext.rules cimport REFUSED
from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memcmp, memcpy, strlen

cdef enum:
    K_START = 2
    K_END = 3
    PIECE = 1024
    MOST = 512      # attributes that a piece has room for
    F_FOREIGN = 0x0080

# Offsets into the tag.
cdef struct Attribute:
    uint16_t name
    uint16_t name_end
    uint16_t value
    uint16_t value_end
    uint8_t quote       # as it was: a quotation mark, 1 for an unquoted value, 0 for none
    uint8_t written     # as it is written, likewise
    bint is_glued       # stands right behind the quotation mark of the one before
    bint is_dropped

cdef struct Tag:
    Attribute attributes[MOST]
    size_t count
    size_t name_end
    bint is_self_closing

cdef const char *BOOLEAN = (
    b" allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap "
    b"itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected "
)


cdef bint is_listed(const uint8_t *word, size_t size, const char *words) noexcept nogil:
    """Whether a word (ASCII case ignored) is one of a list, each between spaces."""
    cdef size_t length = strlen(words), i
    if size == 0 or size + 2 > length or not is_letter(word[0]):
        return False
    for i in range(1, length - size):
        if (
            words[i - 1] == 0x20
            and words[i + <Py_ssize_t>size] == 0x20
            and same_letters(word, <const uint8_t *>words + i, size)
        ):
            return True
    return False


cdef inline bint same_letters(const uint8_t *word, const uint8_t *lower, size_t size) noexcept nogil:
    cdef size_t i
    for i in range(size):
        if (word[i] | 0x20 if is_letter(word[i]) else word[i]) != lower[i]:
            return False
    return True


cdef bint is_word(const uint8_t *data, size_t begin, size_t end, const char *lower) noexcept nogil:
    return end - begin == strlen(lower) and matches(data + begin, end - begin, lower)


cdef bint parse(const uint8_t *data, size_t size, size_t begin, Tag *tag) noexcept nogil:
    """The attributes of a tag that is whole and of one piece."""
    cdef int state = S_TAG_NAME, before
    cdef size_t i
    cdef Attribute *a = NULL
    tag.count = 0
    tag.name_end = 0
    for i in range(begin, size):
        before = state
        state = tag_step(state, data[i])
        if before == S_TAG_NAME and state != S_TAG_NAME:
            tag.name_end = i
        if before == S_NAME and state != S_NAME:
            a.name_end = i
        elif before == S_BEFORE_VALUE and state != S_BEFORE_VALUE:
            if state != ENDS_AFTER:
                a.value = i if state == S_VALUE else i + 1
                a.value_end = a.value
                a.quote = 1 if state == S_VALUE else data[i]
        elif before in (S_VALUE, S_VALUE_DQ, S_VALUE_SQ) and state != before:
            a.value_end = i
        if state == S_NAME and before != S_NAME:
            if tag.count == MOST:
                return False
            a = &tag.attributes[tag.count]
            tag.count += 1
            a.name = i
            a.value = 0
            a.value_end = 0
            a.quote = 0
            a.is_glued = before == S_AFTER_QUOTED
            a.is_dropped = False
        if state == ENDS_AFTER:
            tag.is_self_closing = before == S_SLASH
            return i + 1 == size
    return False


cdef size_t shortened(const uint8_t *value, size_t size, uint8_t *out) noexcept nogil:
    """The value with "&amp;" written "&" where no letter, digit or "#" comes behind it (13.2.5.72)."""
    cdef size_t i = 0, length = 0
    while i < size:
        out[length] = value[i]
        length += 1
        if value[i] == 0x26 and size - i >= 5 and memcmp(value + i, b"&amp;", 5) == 0 and (
            i + 5 == size or not may_be_reference(value[i + 5])
        ):
            i += 5
        else:
            i += 1
    return length


cdef inline bint may_be_reference(uint8_t c) noexcept nogil:
    return is_letter(c) or 0x30 <= c <= 0x39 or c == 0x23


cdef bint needs_no_quotes(const uint8_t *value, size_t size, bint is_last) noexcept nogil:
    """13.1.2.3, and nothing that is not ASCII white-space to one reader and is to another."""
    cdef size_t i
    cdef uint8_t c
    for i in range(size):
        c = value[i]
        if c <= 0x20 or c == 0x22 or c == 0x27 or c == 0x3C or c == 0x3D or c == 0x3E or c == 0x60 or c == 0x7F:
            return False
    # A "/" before the ">" belongs to the value; not every reader knows.
    return not (is_last and value[size - 1] == 0x2F)


cdef uint8_t quote_for(const uint8_t *value, size_t size, uint8_t was, bint is_last) noexcept nogil:
    """How a value is written: 0 where it is empty, 1 without quotation marks, else the mark it had."""
    if size == 0:
        return 0
    if was == 1 or needs_no_quotes(value, size, is_last):
        return 1
    return was


cdef bint means_nothing(const uint8_t *data, const Tag *tag, const Attribute *a) noexcept nogil:
    """Whether the element is the same without this attribute."""
    cdef const uint8_t *name = data + a.name
    cdef size_t size = a.name_end - a.name, i
    if is_listed(name, size, b" class style "):
        for i in range(a.value, a.value_end):
            if not is_space(data[i]):
                return False
        return True
    if a.value == a.value_end:
        return is_word(data, a.name, a.name_end, b"id") or (
            size > 2 and matches(name, size, b"on") and is_letter(name[2])
        )
    if is_word(data, a.name, a.name_end, b"type"):
        if is_word(data, 1, tag.name_end, b"script"):
            return is_listed(data + a.value, a.value_end - a.value, b" text/javascript application/javascript ") and (
                not has(data, tag, b"language")
            )
        return is_word(data, a.value, a.value_end, b"text/css") and (
            is_word(data, 1, tag.name_end, b"style") or is_word(data, 1, tag.name_end, b"link")
        )
    if is_word(data, a.name, a.name_end, b"media"):
        return is_word(data, a.value, a.value_end, b"all") and (
            is_word(data, 1, tag.name_end, b"style") or is_word(data, 1, tag.name_end, b"link")
        )
    return (
        is_word(data, a.name, a.name_end, b"method")
        and is_word(data, a.value, a.value_end, b"get")
        and is_word(data, 1, tag.name_end, b"form")
    )


cdef bint has(const uint8_t *data, const Tag *tag, const char *name) noexcept nogil:
    cdef size_t i
    for i in range(tag.count):
        if is_word(data, tag.attributes[i].name, tag.attributes[i].name_end, name):
            return True
    return False


cdef bint is_repeated(const uint8_t *data, const Tag *tag, size_t index) noexcept nogil:
    """Whether another attribute has the same name: then the first counts, and dropping it would show the other."""
    cdef size_t i, j, size = tag.attributes[index].name_end - tag.attributes[index].name
    cdef uint8_t c, d
    for i in range(tag.count):
        if i == index or <size_t>(tag.attributes[i].name_end - tag.attributes[i].name) != size:
            continue
        for j in range(size):
            c, d = data[tag.attributes[i].name + j], data[tag.attributes[index].name + j]
            if (c | 0x20 if is_letter(c) else c) != (d | 0x20 if is_letter(d) else d):
                break
        else:
            return True
    return False


cdef void drop_attributes(const uint8_t *data, Tag *tag) noexcept nogil:
    cdef size_t i
    cdef Attribute *a
    for i in range(1, tag.name_end):
        # Elements of the page's own scripts may read any attribute.
        if data[i] == 0x2D:
            return
    for i in range(tag.count):
        a = &tag.attributes[i]
        if means_nothing(data, tag, a):
            a.is_dropped = not is_repeated(data, tag, i)
        elif (
            a.value_end - a.value == a.name_end - a.name
            and is_listed(data + a.name, a.name_end - a.name, BOOLEAN)
            and is_listed(data + a.value, a.value_end - a.value, BOOLEAN)
            and same_word(data + a.name, data + a.value, a.name_end - a.name)
        ):
            a.value_end = a.value


cdef inline bint same_word(const uint8_t *one, const uint8_t *two, size_t size) noexcept nogil:
    """Of letters only."""
    cdef size_t i
    for i in range(size):
        if one[i] | 0x20 != two[i] | 0x20:
            return False
    return True


cdef uint8_t *put_name(const uint8_t *data, size_t begin, size_t end, bint lowers, uint8_t *out) noexcept nogil:
    cdef size_t i
    for i in range(begin, end):
        out[0] = data[i] | 0x20 if lowers and is_letter(data[i]) else data[i]
        out += 1
    return out


cdef uint8_t *put_attributes(const uint8_t *data, Tag *tag, bint lowers, uint8_t *out) noexcept nogil:
    """Writes all that are kept; gives the end, and leaves in `written` of the last one how it was written."""
    cdef size_t i, length, last = tag.count
    cdef Attribute *a
    cdef uint8_t value[PIECE]
    for i in range(tag.count):
        if not tag.attributes[i].is_dropped:
            last = i
    for i in range(tag.count):
        a = &tag.attributes[i]
        a.written = 0
        if a.is_dropped:
            continue
        if not (a.is_glued and tag.attributes[i - 1].written > 1):
            out[0] = 0x20
            out += 1
        out = put_name(data, a.name, a.name_end, lowers, out)
        length = shortened(data + a.value, a.value_end - a.value, value)
        a.written = quote_for(value, length, a.quote, i == last)
        if a.written == 0:
            continue
        out[0] = 0x3D
        out += 1
        if a.written > 1:
            out[0] = a.written
            out += 1
        memcpy(out, value, length)
        out += length
        if a.written > 1:
            out[0] = a.written
            out += 1
    return out


cdef Py_ssize_t rewrite_tag(
    bint drops_attributes, int kind, uint16_t flags, const uint8_t *data, size_t size, uint8_t *out
) noexcept nogil:
    """Writes the tag anew and gives its length, or REFUSED."""
    cdef Tag tag
    cdef uint8_t *to = out
    cdef size_t begin = 1 if kind == K_START else 2, i
    cdef bint lowers = not flags & F_FOREIGN
    cdef bint may_close_itself
    if kind != K_START and (kind != K_END or drops_attributes):
        return REFUSED
    if flags & 0x7F != S_DATA or size > PIECE or size <= begin or not is_letter(data[begin]) or data[0] != 0x3C:
        return REFUSED
    if (kind == K_END and data[1] != 0x2F) or not parse(data, size, begin, &tag):
        return REFUSED
    to = put_name(data, 0, tag.name_end, lowers, to)
    if kind == K_START:
        may_close_itself = (
            not lowers or is_word(data, 1, tag.name_end, b"svg") or is_word(data, 1, tag.name_end, b"math")
        )
        for i in range(tag.count):
            # Behind a name without a value it would be read as that one's "=".
            if data[tag.attributes[i].name] == 0x3D:
                return REFUSED
        if drops_attributes:
            if may_close_itself:
                return REFUSED
            drop_attributes(data, &tag)
        to = put_attributes(data, &tag, lowers, to)
        if tag.is_self_closing and may_close_itself:
            if tag.count and tag.attributes[tag.count - 1].written == 1:
                to[0] = 0x20
                to += 1
            to[0] = 0x2F
            to += 1
    to[0] = 0x3E
    return to + 1 - out
