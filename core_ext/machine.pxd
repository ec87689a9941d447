"""The lexer's state machines, one byte a step. Shared by the lexer and by the check of a single piece.

States are numbered as in docs/lexer.md; a number is the state at a piece's start, kept in bits 0 to 6 of its flags.
Sources: WHATWG HTML 13.2.5 (tokenization), CSS Syntax Level 3, 4.3 and 5.4.
"""

from libc.stdint cimport uint8_t
from libc.string cimport strlen

cdef enum:
    S_DATA = 0
    # Inside a tag.
    S_TAG_NAME = 1
    S_BEFORE_NAME = 2
    S_NAME = 3
    S_AFTER_NAME = 4
    S_BEFORE_VALUE = 5
    S_VALUE_DQ = 6
    S_VALUE_SQ = 7
    S_VALUE = 8
    S_AFTER_QUOTED = 9
    S_SLASH = 10
    # Inside a comment, bogus comment, doctype, CDATA section.
    S_COMMENT = 11
    S_COMMENT_DASH = 12
    S_COMMENT_DASHES = 13
    S_COMMENT_BANG = 14
    S_BOGUS = 15
    S_DOCTYPE = 16
    S_CDATA = 17
    S_CDATA_1 = 18
    S_CDATA_2 = 19
    # Raw text, by element.
    S_PLAINTEXT = 20
    S_TITLE = 21
    S_TEXTAREA = 22
    S_XMP = 23
    S_IFRAME = 24
    S_NOEMBED = 25
    S_NOFRAMES = 26
    S_NOSCRIPT = 27
    # Script data, and how much of "<!--" was read.
    S_SCRIPT = 30
    S_SCRIPT_LT = 31
    S_SCRIPT_LT_BANG = 32
    S_SCRIPT_LT_BANG_DASH = 33
    # Escaped script data, and how much of "<script" was read.
    S_ESC = 34
    S_ESC_DASH = 35
    S_ESC_DASHES = 36
    S_ESC_LT = 37
    S_ESC_S6 = 43
    # Double escaped script data, and how much of "</script" was read.
    S_DBL = 44
    S_DBL_DASH = 45
    S_DBL_DASHES = 46
    S_DBL_LT = 47
    S_DBL_SLASH = 48
    S_DBL_S6 = 54
    # Style sheets. S_CSS: a fresh token.
    S_CSS = 64
    S_FILL = 65
    S_FILL_SLASH = 66
    S_FILL_COMMENT = 67
    S_FILL_STAR = 68
    S_RULE = 69
    S_IDENT = 70
    S_ESCAPE = 71
    S_RULE_SLASH = 72
    S_RULE_COMMENT = 73
    S_RULE_STAR = 74
    S_DQ = 75
    S_DQ_ESCAPE = 76
    S_DQ_CR = 77
    S_SQ = 78
    S_SQ_ESCAPE = 79
    S_SQ_CR = 80
    S_U = 81
    S_UR = 82
    S_URL = 83
    S_URL_OPEN = 84
    S_URL_BODY = 85
    S_URL_ESCAPE = 86
    # Not states: the token ended with this byte, or before it.
    ENDS_AFTER = -1
    ENDS_BEFORE = -2


cdef inline bint is_space(uint8_t c) noexcept nogil:
    return c == 0x20 or c == 0x0A or c == 0x09 or c == 0x0C or c == 0x0D


cdef inline bint is_letter(uint8_t c) noexcept nogil:
    return 0x61 <= (c | 0x20) <= 0x7A


cdef inline bint is_ident(uint8_t c) noexcept nogil:
    # NUL is U+FFFD by the time that CSS sees it, which belongs to names.
    return is_letter(c) or 0x30 <= c <= 0x39 or c == 0x2D or c == 0x5F or c >= 0x80 or c == 0


cdef inline bint matches(const uint8_t *data, size_t size, const char *lower) noexcept nogil:
    """Whether data begins with `lower` (lower-case), ASCII case ignored."""
    cdef size_t length = strlen(lower), i
    cdef uint8_t c
    if size < length:
        return False
    for i in range(length):
        c = data[i]
        if (c | 0x20 if is_letter(c) else c) != <uint8_t>lower[i]:
            return False
    return True


cdef inline bint opens_group(const uint8_t *data, size_t size) noexcept nogil:
    """Whether the at-rule at `data` holds rules of its own between its braces."""
    cdef size_t i = 1
    while i < size and i < 16 and (is_ident(data[i]) or data[i] == 0x5C):
        i += 1
    if i == 6:
        return matches(data, size, b"@media") or matches(data, size, b"@layer") or matches(data, size, b"@scope")
    if i == 9:
        return matches(data, size, b"@supports")
    if i == 10:
        return matches(data, size, b"@container")
    return i == 15 and matches(data, size, b"@starting-style")


cdef inline int tag_step(int state, uint8_t c) noexcept nogil:
    """One byte inside a tag, 13.2.5.8 and 13.2.5.32 to 13.2.5.40."""
    if state == S_VALUE_DQ:
        return S_AFTER_QUOTED if c == 0x22 else S_VALUE_DQ
    if state == S_VALUE_SQ:
        return S_AFTER_QUOTED if c == 0x27 else S_VALUE_SQ
    # ">" ends the tag in every other state, also where a value was expected.
    if c == 0x3E:
        return ENDS_AFTER
    if state == S_TAG_NAME:
        if is_space(c):
            return S_BEFORE_NAME
        return S_SLASH if c == 0x2F else S_TAG_NAME
    if state == S_NAME:
        if c == 0x3D:
            return S_BEFORE_VALUE
        if is_space(c):
            return S_AFTER_NAME
        return S_SLASH if c == 0x2F else S_NAME
    if state == S_VALUE:
        return S_BEFORE_NAME if is_space(c) else S_VALUE
    if state == S_BEFORE_VALUE:
        if is_space(c):
            return S_BEFORE_VALUE
        if c == 0x22:
            return S_VALUE_DQ
        return S_VALUE_SQ if c == 0x27 else S_VALUE
    if state == S_AFTER_NAME:
        if is_space(c):
            return S_AFTER_NAME
        if c == 0x2F:
            return S_SLASH
        return S_BEFORE_VALUE if c == 0x3D else S_NAME
    # S_BEFORE_NAME, S_AFTER_QUOTED, S_SLASH: an attribute name may begin here, also with "=".
    if is_space(c):
        return S_BEFORE_NAME
    return S_SLASH if c == 0x2F else S_NAME


cdef inline int comment_step(int state, uint8_t c) noexcept nogil:
    """One byte inside a comment behind its first two, 13.2.5.45 to 13.2.5.52.

    The less-than-sign states of the specification only report errors; they end where these do.
    """
    if state == S_COMMENT:
        return S_COMMENT_DASH if c == 0x2D else S_COMMENT
    if state == S_COMMENT_DASH:
        return S_COMMENT_DASHES if c == 0x2D else S_COMMENT
    if c == 0x3E:
        return ENDS_AFTER
    if state == S_COMMENT_DASHES:
        if c == 0x21:
            return S_COMMENT_BANG
        return S_COMMENT_DASHES if c == 0x2D else S_COMMENT
    return S_COMMENT_DASH if c == 0x2D else S_COMMENT


cdef inline int cdata_step(int state, uint8_t c) noexcept nogil:
    """One byte inside a CDATA section, 13.2.5.69 to 13.2.5.71."""
    if state == S_CDATA:
        return S_CDATA_1 if c == 0x5D else S_CDATA
    if state == S_CDATA_1:
        return S_CDATA_2 if c == 0x5D else S_CDATA
    if c == 0x3E:
        return ENDS_AFTER
    return S_CDATA_2 if c == 0x5D else S_CDATA


cdef inline uint8_t script_letter(int matched) noexcept nogil:
    """The letter of "script" that comes after `matched` others, 0 to 5."""
    if matched == 0:
        return 0x73
    if matched == 1:
        return 0x63
    if matched == 2:
        return 0x72
    if matched == 3:
        return 0x69
    return 0x70 if matched == 4 else 0x74


cdef inline int escaped_step(int state, uint8_t c) noexcept nogil:
    """One byte of escaped script data, 13.2.5.20 to 13.2.5.26."""
    if S_ESC_LT <= state <= S_ESC_S6:
        if state == S_ESC_S6:
            if is_space(c) or c == 0x2F or c == 0x3E:
                return S_DBL
        elif (c | 0x20) == script_letter(state - S_ESC_LT) and is_letter(c):
            return state + 1
        state = S_ESC
    if c == 0x2D:
        return S_ESC_DASH if state == S_ESC else S_ESC_DASHES
    if c == 0x3C:
        return S_ESC_LT
    if c == 0x3E and state == S_ESC_DASHES:
        return S_SCRIPT
    return S_ESC


cdef inline int double_escaped_step(int state, uint8_t c) noexcept nogil:
    """One byte of double escaped script data, 13.2.5.27 to 13.2.5.31."""
    if state >= S_DBL_LT:
        if state == S_DBL_LT:
            if c == 0x2F:
                return S_DBL_SLASH
        elif state == S_DBL_S6:
            if is_space(c) or c == 0x2F or c == 0x3E:
                return S_ESC
        elif (c | 0x20) == script_letter(state - S_DBL_SLASH) and is_letter(c):
            return state + 1
        state = S_DBL
    if c == 0x2D:
        return S_DBL_DASH if state == S_DBL else S_DBL_DASHES
    if c == 0x3C:
        return S_DBL_LT
    if c == 0x3E and state == S_DBL_DASHES:
        return S_SCRIPT
    return S_DBL


cdef inline int script_step(int state, uint8_t c) noexcept nogil:
    """One byte of script data, 13.2.5.4 and 13.2.5.15 to 13.2.5.31; end tags are looked for elsewhere."""
    if state >= S_DBL:
        return double_escaped_step(state, c)
    if state >= S_ESC:
        return escaped_step(state, c)
    if c == 0x3C:
        return S_SCRIPT_LT
    if state == S_SCRIPT_LT and c == 0x21:
        return S_SCRIPT_LT_BANG
    if c == 0x2D:
        if state == S_SCRIPT_LT_BANG:
            return S_SCRIPT_LT_BANG_DASH
        if state == S_SCRIPT_LT_BANG_DASH:
            return S_ESC_DASHES
    return S_SCRIPT


# Where a rule of a style sheet stands: how deep in braces, and what kind it is.
cdef struct Rule:
    int nesting     # 0 to 7; 7 is never left again
    bint is_at      # begins with "@"
    bint is_head    # "@media" and the like: its "{" ends the token and opens a group
    bint in_group   # stands inside such a group


cdef inline int fill_step(int state, uint8_t c, bint in_group) noexcept nogil:
    """One byte of what stands between rules: white-space, comments, and in a group semicolons."""
    if state == S_FILL_COMMENT:
        return S_FILL_STAR if c == 0x2A else S_FILL_COMMENT
    if state == S_FILL_STAR:
        if c == 0x2F:
            return S_FILL
        return S_FILL_STAR if c == 0x2A else S_FILL_COMMENT
    if state == S_FILL_SLASH:
        return S_FILL_COMMENT if c == 0x2A else ENDS_BEFORE
    if c == 0x2F:
        return S_FILL_SLASH
    return S_FILL if is_space(c) or (in_group and c == 0x3B) else ENDS_BEFORE


cdef inline int string_step(int state, uint8_t c) noexcept nogil:
    """One byte of a string; an unescaped line end ends it (CSS Syntax 4.3.5)."""
    cdef int body = S_DQ if state <= S_DQ_CR else S_SQ
    if state == body + 1:
        return body + 2 if c == 0x0D else body
    if state == body + 2 and c == 0x0A:
        return body
    if c == 0x5C:
        return body + 1
    if c == (0x22 if body == S_DQ else 0x27) or c == 0x0A or c == 0x0D or c == 0x0C:
        return S_RULE
    return body


cdef inline int rule_step(int state, uint8_t c, Rule *rule) noexcept nogil:
    """One byte of a rule of a style sheet."""
    if S_DQ <= state <= S_SQ_CR:
        return string_step(state, c)
    if state == S_RULE_COMMENT:
        return S_RULE_STAR if c == 0x2A else S_RULE_COMMENT
    if state == S_RULE_STAR:
        if c == 0x2F:
            return S_RULE
        return S_RULE_STAR if c == 0x2A else S_RULE_COMMENT
    if state == S_ESCAPE:
        # Before a line end a backslash escapes nothing (CSS Syntax 4.3.8).
        return S_RULE if c == 0x0A or c == 0x0D or c == 0x0C else S_IDENT
    if state == S_URL_ESCAPE:
        return S_URL_BODY
    if state == S_URL_BODY or state == S_URL_OPEN:
        if c == 0x29:
            return S_RULE
        if state == S_URL_OPEN:
            if is_space(c):
                return S_URL_OPEN
            if c == 0x22:
                return S_DQ
            if c == 0x27:
                return S_SQ
        return S_URL_ESCAPE if c == 0x5C else S_URL_BODY
    if state == S_RULE_SLASH and c == 0x2A:
        return S_RULE_COMMENT
    if is_ident(c):
        if state == S_U and (c | 0x20) == 0x72:
            return S_UR
        if state == S_UR and (c | 0x20) == 0x6C:
            return S_URL
        if (state == S_RULE or state == S_RULE_SLASH) and (c | 0x20) == 0x75:
            return S_U
        return S_IDENT
    if c == 0x28:
        return S_URL_OPEN if state == S_URL else S_RULE
    if c == 0x7B:
        if rule.is_head and rule.nesting == 0:
            return ENDS_AFTER
        if rule.nesting < 7:
            rule.nesting += 1
        return S_RULE
    if c == 0x7D:
        if rule.nesting == 0:
            return ENDS_BEFORE if rule.in_group else S_RULE
        if rule.nesting < 7:
            rule.nesting -= 1
            if rule.nesting == 0:
                return ENDS_AFTER
        return S_RULE
    if c == 0x3B:
        return ENDS_AFTER if rule.is_at and rule.nesting == 0 else S_RULE
    if c == 0x22:
        return S_DQ
    if c == 0x27:
        return S_SQ
    if c == 0x5C:
        return S_ESCAPE
    if c == 0x2F:
        return S_RULE_SLASH
    # A hash or at-keyword: the name behind it is never "url(".
    return S_IDENT if c == 0x23 or c == 0x40 else S_RULE
