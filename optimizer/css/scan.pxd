"""How far each thing of CSS reaches, byte by byte (CSS Syntax 3, 4.3); nothing here reads behind `end`."""

from libc.stdint cimport uint8_t

cdef enum:
    # What a byte can be part of, as bits of KINDS.
    SPACE = 1
    NAME = 2        # goes on in a name; NUL is U+FFFD, which belongs to names
    DIGIT = 4
    HEX = 8
    TELLING = 16    # may begin or end something that hides others: quotes, brackets, comments, escapes, `;`
    LETTER = 32

cdef extern from *:
    """
    static const unsigned char ld_css_kinds[256] = {
        [0] = 2, ['\\t'] = 1, ['\\n'] = 1, ['\\f'] = 1, ['\\r'] = 1, [' '] = 1,
        ['0' ... '9'] = 2 | 4 | 8, ['A' ... 'F'] = 2 | 8 | 32, ['a' ... 'f'] = 2 | 8 | 32, ['G' ... 'Z'] = 2 | 32,
        ['g' ... 'z'] = 2 | 32, ['-'] = 2, ['_'] = 2, [0x80 ... 0xFF] = 2,
        ['"'] = 16, ['\\''] = 16, ['('] = 16, [')'] = 16, ['['] = 16, [']'] = 16, ['{'] = 16, ['}'] = 16, ['/'] = 16,
        ['\\\\'] = 16, [';'] = 16,
    };
    """
    const uint8_t KINDS "ld_css_kinds"[256]


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    return (KINDS[byte] & SPACE) != 0


cdef inline bint is_name(uint8_t byte) noexcept nogil:
    return (KINDS[byte] & NAME) != 0


cdef inline uint8_t lower(uint8_t byte) noexcept nogil:
    return byte | 0x20 if 0x41 <= byte <= 0x5A else byte


cdef inline bint is_escape(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether a backslash stands here that escapes something: it does not before a line end."""
    return cursor[0] == 0x5C and cursor + 1 < end and cursor[1] != 0x0A and cursor[1] != 0x0D and cursor[1] != 0x0C


cdef inline const uint8_t *past_escape(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Behind the escape that begins here."""
    cdef int digits = 0
    cursor += 1
    if cursor >= end or not KINDS[cursor[0]] & HEX:
        return cursor + 1 if cursor < end else end
    while cursor < end and digits < 6 and KINDS[cursor[0]] & HEX:
        cursor += 1
        digits += 1
    if cursor < end and KINDS[cursor[0]] & SPACE:
        cursor += 2 if cursor[0] == 0x0D and cursor + 1 < end and cursor[1] == 0x0A else 1
    return cursor


cdef inline const uint8_t *past_name(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    while cursor < end:
        if KINDS[cursor[0]] & NAME:
            cursor += 1
        elif is_escape(cursor, end):
            cursor = past_escape(cursor, end)
        else:
            break
    return cursor


cdef inline bint begins_name(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether an identifier begins here (CSS Syntax 4.3.9)."""
    if cursor >= end:
        return False
    if cursor[0] == 0x2D:
        return cursor + 1 < end and (
            (KINDS[cursor[1]] & NAME and not KINDS[cursor[1]] & DIGIT) or is_escape(cursor + 1, end)
        )
    return (KINDS[cursor[0]] & NAME and not KINDS[cursor[0]] & DIGIT) or is_escape(cursor, end)


cdef inline const uint8_t *past_spaces(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    while cursor < end and KINDS[cursor[0]] & SPACE:
        cursor += 1
    return cursor


cdef inline bint is_comment(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    return cursor[0] == 0x2F and cursor + 1 < end and cursor[1] == 0x2A


cdef inline const uint8_t *past_comment(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    cursor += 2
    while cursor + 1 < end:
        if cursor[0] == 0x2A and cursor[1] == 0x2F:
            return cursor + 2
        cursor += 1
    return end


cdef inline const uint8_t *past_filling(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Behind white-space and comments."""
    while cursor < end:
        if KINDS[cursor[0]] & SPACE:
            cursor += 1
        elif is_comment(cursor, end):
            cursor = past_comment(cursor, end)
        else:
            break
    return cursor


cdef inline const uint8_t *past_string(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Behind the string that begins here; at the line end that breaks it off."""
    cdef uint8_t quote = cursor[0]
    cursor += 1
    while cursor < end:
        if cursor[0] == quote:
            return cursor + 1
        if cursor[0] == 0x5C and cursor + 1 < end:
            cursor += 3 if cursor[1] == 0x0D and cursor + 2 < end and cursor[2] == 0x0A else 2
        elif cursor[0] == 0x0A or cursor[0] == 0x0D or cursor[0] == 0x0C:
            return cursor
        else:
            cursor += 1
    return end


cdef inline bint opens_url(const uint8_t *start, const uint8_t *paren, const uint8_t *end) noexcept nogil:
    """Whether the bracket here opens an unquoted address: `url(` and then no quote."""
    if paren - start < 3 or lower(paren[-1]) != 0x6C or lower(paren[-2]) != 0x72 or lower(paren[-3]) != 0x75:
        return False
    if paren - start > 3 and (KINDS[paren[-4]] & NAME or paren[-4] == 0x5C or paren[-4] == 0x23 or paren[-4] == 0x40):
        return False
    paren = past_spaces(paren + 1, end)
    return paren >= end or (paren[0] != 0x22 and paren[0] != 0x27)


cdef inline const uint8_t *past_url(const uint8_t *paren, const uint8_t *end) noexcept nogil:
    """Behind the unquoted address whose bracket this is, also a bad one (CSS Syntax 4.3.6, 4.3.14)."""
    cdef const uint8_t *cursor = paren + 1
    while cursor < end:
        if cursor[0] == 0x29:
            return cursor + 1
        cursor = past_escape(cursor, end) if is_escape(cursor, end) else cursor + 1
    return end


cdef inline bint is_word(const uint8_t *start, const uint8_t *end, const char *word) noexcept nogil:
    """Whether these bytes are this word (given in lower case), ASCII case ignored."""
    while start < end:
        if word[0] == 0 or lower(start[0]) != <uint8_t>word[0]:
            return False
        start += 1
        word += 1
    return word[0] == 0


cdef inline bint is_one_of(const uint8_t *start, const uint8_t *end, const char **words) noexcept nogil:
    cdef int place = 0
    while words[place] != NULL:
        if is_word(start, end, words[place]):
            return True
        place += 1
    return False


cdef inline const uint8_t *past_bracket(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """At the bracket that closes the one that stands before; the end where none does."""
    cdef int depth = 0
    while cursor < end:
        if cursor[0] == 0x22 or cursor[0] == 0x27:
            cursor = past_string(cursor, end)
            continue
        if is_comment(cursor, end):
            cursor = past_comment(cursor, end)
            continue
        if is_escape(cursor, end):
            cursor = past_escape(cursor, end)
            continue
        if cursor[0] == 0x28 or cursor[0] == 0x5B:
            depth += 1
        elif cursor[0] == 0x29 or cursor[0] == 0x5D:
            if depth == 0:
                return cursor
            depth -= 1
        cursor += 1
    return end


cdef inline const uint8_t *next_comma(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """The next comma outside brackets and strings, or the end."""
    while cursor < end:
        if cursor[0] == 0x2C:
            return cursor
        if cursor[0] == 0x22 or cursor[0] == 0x27:
            cursor = past_string(cursor, end)
        elif is_comment(cursor, end):
            cursor = past_comment(cursor, end)
        elif is_escape(cursor, end):
            cursor = past_escape(cursor, end)
        elif cursor[0] == 0x28 or cursor[0] == 0x5B:
            cursor = past_bracket(cursor + 1, end)
            if cursor < end:
                cursor += 1
        else:
            cursor += 1
    return end
