"""The check of a single piece, alone: what the chain's lexer library decides too (docs/lexer.md, "One piece").

What only neighbours can show (a text cut in two, a state that does not follow) is not decided here.
"""

from core_ext.machine cimport (
    ENDS_AFTER, ENDS_BEFORE, S_BOGUS, S_CDATA, S_CDATA_2, S_COMMENT, S_COMMENT_BANG,
    S_CSS, S_DATA, S_DBL_S6, S_DOCTYPE, S_ESC_LT, S_FILL, S_FILL_SLASH, S_FILL_STAR, S_NOSCRIPT, S_PLAINTEXT, S_RULE,
    S_SCRIPT, S_SCRIPT_LT, S_SLASH, S_TAG_NAME, S_TITLE, S_URL_ESCAPE, Rule, cdata_step, comment_step, fill_step,
    is_letter, is_space, matches, opens_group, rule_step, script_step, tag_step,
)
from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memcmp, strlen

cdef enum:
    PIECE = 1024
    F_CDATA_OK = 0x0400
    F_LAST = 0x0800
    F_NESTING = 0x1C00
    F_HEAD = 0x2000
    F_IN_GROUP = 0x4000
    F_AT = 0x8000

cdef const char **RAW_NAMES = ["title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"]


cdef bint may_stop_here(uint16_t flags, size_t size) noexcept nogil:
    """Whether a piece whose token has not ended may be this long: cut at 1024 bytes, or at the page's end."""
    return size == PIECE or (flags & F_LAST) != 0


cdef bint text_is_whole(const uint8_t *data, size_t size) noexcept nogil:
    """No "<" inside begins markup; one at the very end cannot be judged alone."""
    cdef size_t i
    for i in range(size - 1):
        if data[i] == 0x3C:
            if is_letter(data[i + 1]) or data[i + 1] == 0x21 or data[i + 1] == 0x3F:
                return False
            if data[i + 1] == 0x2F and i + 2 < size:
                return False
    return True


cdef bint tag_is_whole(uint16_t flags, const uint8_t *data, size_t size, size_t begin, int state) noexcept nogil:
    cdef size_t i
    for i in range(begin, size):
        state = tag_step(state, data[i])
        if state == ENDS_AFTER:
            return i + 1 == size
    return may_stop_here(flags, size)


cdef bint until_gt_is_whole(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """Bogus comments and doctypes end at the first ">"."""
    cdef size_t i
    for i in range(size):
        if data[i] == 0x3E:
            return i + 1 == size
    return may_stop_here(flags, size)


cdef bint comment_is_whole(uint16_t flags, const uint8_t *data, size_t size, size_t begin, int state) noexcept nogil:
    cdef size_t i
    for i in range(begin, size):
        # "<!-->" and "<!--->" end at once (13.2.5.43 and 13.2.5.44).
        if begin == 4 and data[i] == 0x3E and (i == 4 or (i == 5 and data[4] == 0x2D)):
            return i + 1 == size
        state = comment_step(state, data[i])
        if state == ENDS_AFTER:
            return i + 1 == size
    return may_stop_here(flags, size)


cdef bint cdata_is_whole(uint16_t flags, const uint8_t *data, size_t size, size_t begin, int state) noexcept nogil:
    cdef size_t i
    for i in range(begin, size):
        state = cdata_step(state, data[i])
        if state == ENDS_AFTER:
            return i + 1 == size
    return may_stop_here(flags, size)


cdef bint comment_may_begin(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """Whether data is a comment from its first byte on, bogus or not."""
    if size < 3 or data[0] != 0x3C:
        # "<!" and "<?" alone only at the page's end
        return size == 2 and data[0] == 0x3C and (data[1] == 0x21 or data[1] == 0x3F) and flags & F_LAST
    if data[1] == 0x3F:
        return until_gt_is_whole(flags, data, size)
    if data[1] == 0x2F:
        return not is_letter(data[2]) and until_gt_is_whole(flags, data, size)
    if data[1] != 0x21:
        return False
    if size >= 4 and data[2] == 0x2D and data[3] == 0x2D:
        return comment_is_whole(flags, data, size, 4, S_COMMENT)
    if matches(data, size, "<!doctype"):
        return False
    if flags & F_CDATA_OK and size >= 9 and memcmp(data, b"<![CDATA[", 9) == 0:
        return False
    return until_gt_is_whole(flags, data, size)


cdef bint is_end_of(const uint8_t *data, size_t size, const char *name) noexcept nogil:
    """Whether data, behind a "<", goes on as the end tag of that element."""
    cdef size_t length = strlen(name)
    if size < length + 2 or data[0] != 0x2F or not matches(data + 1, size - 1, name):
        return False
    return is_space(data[length + 1]) or data[length + 1] == 0x2F or data[length + 1] == 0x3E


cdef bint raw_is_whole(const uint8_t *data, size_t size, int state) noexcept nogil:
    """No end tag of the element inside."""
    cdef size_t i
    for i in range(size - 1):
        if data[i] == 0x3C and is_end_of(data + i + 1, size - i - 1, RAW_NAMES[state - S_TITLE]):
            return False
    return True


cdef bint script_is_whole(const uint8_t *data, size_t size, int state) noexcept nogil:
    """No end tag inside, nor one whose "<" the state says came right before; in double escaped data there is none."""
    cdef size_t i
    for i in range(size):
        if (state == S_SCRIPT_LT or state == S_ESC_LT) and is_end_of(data + i, size - i, "script"):
            return False
        state = script_step(state, data[i])
    return True


cdef bint fill_is_whole(const uint8_t *data, size_t size, int state, bint in_group) noexcept nogil:
    cdef size_t i
    for i in range(size):
        state = fill_step(state, data[i], in_group)
        if state == ENDS_BEFORE:
            return False
    # "/" with no "*" behind it would not be filling.
    return state != S_FILL_SLASH or size == PIECE


cdef bint holds_style_end(const uint8_t *data, size_t size) noexcept nogil:
    """Whether the end tag of the style element is inside."""
    cdef size_t i
    for i in range(size - 1):
        if data[i] == 0x3C and is_end_of(data + i + 1, size - i - 1, "style"):
            return True
    return False


cdef bint css_is_whole(uint16_t flags, const uint8_t *data, size_t size, int state) noexcept nogil:
    cdef size_t i
    cdef Rule rule
    cdef bint is_fresh = state == S_CSS
    rule.in_group = (flags & F_IN_GROUP) != 0
    rule.nesting = (flags & F_NESTING) >> 10
    rule.is_at = (flags & F_AT) != 0
    rule.is_head = (flags & F_HEAD) != 0
    if is_fresh:
        if flags & (F_NESTING | F_AT | F_HEAD):
            return False
        if rule.in_group and data[0] == 0x7D:
            return size == 1
        if is_space(data[0]) or (rule.in_group and data[0] == 0x3B) or matches(data, size, b"/*"):
            return fill_is_whole(data, size, S_FILL, rule.in_group)
        rule.is_at = data[0] == 0x40
        rule.is_head = rule.is_at and opens_group(data, size)
        state = S_RULE
    elif S_FILL <= state <= S_FILL_STAR:
        return not flags & (F_NESTING | F_AT | F_HEAD) and fill_is_whole(data, size, state, rule.in_group)
    elif not S_RULE <= state <= S_URL_ESCAPE or (rule.is_head and (rule.nesting or not rule.is_at)):
        return False
    for i in range(size):
        state = rule_step(state, data[i], &rule)
        if state == ENDS_BEFORE:
            return False
        if state == ENDS_AFTER:
            return i + 1 == size
    # A rule may also be ended by the end of its style element or group, which only the next token shows.
    return True


cdef bint is_piece(int kind, uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    cdef int state = flags & 0x7F
    if size == 0 or size > PIECE:
        return False
    if kind == 8:
        return not holds_style_end(data, size) and css_is_whole(flags, data, size, state)
    if flags & 0x8000:  # a bit that only style sheets use
        return False
    if kind == 4:
        return state == S_DATA and text_is_whole(data, size)
    if kind == 2 or kind == 3:
        if S_TAG_NAME <= state <= S_SLASH:
            return tag_is_whole(flags, data, size, 0, state)
        if state != S_DATA or size < kind or data[0] != 0x3C:
            return False
        if kind == 2:
            return is_letter(data[1]) and tag_is_whole(flags, data, size, 1, S_TAG_NAME)
        return data[1] == 0x2F and is_letter(data[2]) and tag_is_whole(flags, data, size, 2, S_TAG_NAME)
    if kind == 5:
        if S_COMMENT <= state <= S_COMMENT_BANG:
            return comment_is_whole(flags, data, size, 0, state)
        if state == S_BOGUS:
            return until_gt_is_whole(flags, data, size)
        return state == S_DATA and comment_may_begin(flags, data, size)
    if kind == 1:
        if state == S_DOCTYPE:
            return until_gt_is_whole(flags, data, size)
        return state == S_DATA and matches(data, size, "<!doctype") and until_gt_is_whole(flags, data, size)
    if kind == 7:
        if S_CDATA <= state <= S_CDATA_2:
            return cdata_is_whole(flags, data, size, 0, state)
        return (
            state == S_DATA
            and flags & F_CDATA_OK
            and size >= 9
            and memcmp(data, b"<![CDATA[", 9) == 0
            and cdata_is_whole(flags, data, size, 9, S_CDATA)
        )
    if kind == 6:
        if state == S_PLAINTEXT:
            return True
        if S_TITLE <= state <= S_NOSCRIPT:
            return raw_is_whole(data, size, state)
        return S_SCRIPT <= state <= S_DBL_S6 and script_is_whole(data, size, state)
    return False


def is_token(int kind, int flags, const uint8_t[::1] data not None) -> bool:
    """Whether data, alone and in the lexer state of flags, is exactly one legal piece of that kind."""
    cdef const uint8_t *start = &data[0] if data.shape[0] else NULL
    return bool(0 <= flags <= 0xFFFF and is_piece(kind, <uint16_t>flags, start, data.shape[0]))
