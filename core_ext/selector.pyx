"""Selectors of one style rule, made wider, and the balance of its braces.

Invariant: what is read matches every element that the selectors match, and perhaps others.
"""

from core_ext.machine cimport (
    ENDS_AFTER, ENDS_BEFORE, S_CSS, S_ESCAPE, S_IDENT, S_RULE, S_RULE_SLASH, S_U, S_UR, S_URL, S_URL_BODY,
    S_URL_ESCAPE, S_URL_OPEN, Rule, is_letter, is_space, matches, rule_step,
)
from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memchr

cdef enum:
    F_HEAD = 0x2000
    F_AT = 0x8000
    NESTING_MASK = 0x1C00
    NESTING_SHIFT = 10
    DEEPEST = 7     # a rule nested this deep never ends


cdef inline bint is_digit(uint8_t c) noexcept nogil:
    return 0x30 <= c <= 0x39


cdef inline bint is_escape(const uint8_t *data, size_t size, size_t at) noexcept nogil:
    """A backslash and a character that stands for itself: printable ASCII, no hexadecimal digit."""
    cdef uint8_t c
    if at + 1 >= size or data[at] != 0x5C:
        return False
    c = data[at + 1]
    return 0x20 < c < 0x7F and not is_digit(c) and not 0x61 <= c | 0x20 <= 0x66


cdef size_t past_name(const uint8_t *data, size_t size, size_t at) noexcept nogil:
    """Behind the characters of a name."""
    while at < size:
        if is_letter(data[at]) or is_digit(data[at]) or data[at] == 0x2D or data[at] == 0x5F:
            at += 1
        elif is_escape(data, size, at):
            at += 2
        else:
            break
    return at


cdef size_t past_identifier(const uint8_t *data, size_t size, size_t at) noexcept nogil:
    """Behind a name that a class, an id or an attribute may have; `at` where there is none."""
    cdef size_t first = at
    if at < size and data[at] == 0x2D:
        first += 1
    if first < size and (is_letter(data[first]) or data[first] == 0x5F or is_escape(data, size, first)):
        return past_name(data, size, first)
    return at


cdef inline size_t past_spaces(const uint8_t *data, size_t size, size_t at) noexcept nogil:
    while at < size and is_space(data[at]):
        at += 1
    return at


cdef inline bint is_behind_url(const uint8_t *data, size_t at) noexcept nogil:
    return at >= 3 and matches(data + at - 3, 3, b"url")


cdef size_t past_attribute(const uint8_t *data, size_t size, size_t at, Part *part) noexcept nogil:
    """Behind the "]" of an attribute selector whose "[" is at `at`; 0 if it is another thing. Values do not count."""
    cdef uint8_t quote
    part.kind = ATTRIBUTE
    part.name = <uint16_t>past_spaces(data, size, at + 1)
    part.name_end = <uint16_t>past_identifier(data, size, part.name)
    if part.name_end == part.name:
        return 0
    at = past_spaces(data, size, part.name_end)
    if at < size and data[at] == 0x5D:
        return at + 1
    if at < size and memchr(b"~|^$*", data[at], 5) != NULL:
        at += 1
    if at >= size or data[at] != 0x3D:
        return 0
    at = past_spaces(data, size, at + 1)
    if at >= size:
        return 0
    quote = data[at]
    if quote == 0x22 or quote == 0x27:
        at += 1
        while at < size and data[at] != quote:
            if data[at] == 0x5C or data[at] == 0x0A or data[at] == 0x0D or data[at] == 0x0C:
                return 0
            at += 1
        at += 1
    elif is_letter(quote) or is_digit(quote) or quote == 0x2D or quote == 0x5F:
        while at < size and (is_letter(data[at]) or is_digit(data[at]) or data[at] == 0x2D or data[at] == 0x5F):
            at += 1
    else:
        return 0
    at = past_spaces(data, size, at)
    if at < size and (data[at] | 0x20 == 0x69 or data[at] | 0x20 == 0x73):
        at = past_spaces(data, size, at + 1)
    return at + 1 if at < size and data[at] == 0x5D else 0


cdef size_t past_pseudo(const uint8_t *data, size_t size, size_t at) noexcept nogil:
    """Behind a pseudo-class or pseudo-element whose ":" is at `at`, and its arguments; 0 where it is another thing."""
    cdef size_t first, depth = 1
    cdef bint bracket = False
    cdef uint8_t c
    at += 1
    if at < size and data[at] == 0x3A:
        at += 1
    first = at
    while at < size and (is_letter(data[at]) or is_digit(data[at]) or data[at] == 0x2D or data[at] == 0x5F):
        at += 1
    if at == first:
        return 0
    if at == size or data[at] != 0x28:
        return at
    if is_behind_url(data, at):
        return 0
    at += 1
    while at < size:
        c = data[at]
        if c == 0x28 or c == 0x29:
            if bracket or (c == 0x28 and is_behind_url(data, at)):
                return 0
            if c == 0x28:
                depth += 1
            else:
                depth -= 1
        elif c == 0x5B or c == 0x5D:
            if bracket != (c == 0x5D):
                return 0
            bracket = not bracket
        elif not (is_letter(c) or is_digit(c) or is_space(c)) and memchr(b"_-.,#:+*>~=|^$", c, 14) == NULL:
            return 0
        at += 1
        if depth == 0:
            return at
    return 0


cdef bint is_implied(const uint8_t *name, size_t size) noexcept nogil:
    """Elements that the parser makes without a start tag of theirs."""
    if size == 1:
        return matches(name, size, b"p")
    if size == 2:
        return matches(name, size, b"tr") or matches(name, size, b"br")
    if size == 3:
        return matches(name, size, b"img")
    if size == 4:
        return matches(name, size, b"html") or matches(name, size, b"head") or matches(name, size, b"body")
    return (size == 5 and matches(name, size, b"tbody")) or (size == 8 and matches(name, size, b"colgroup"))


cdef size_t read_compound(
    const uint8_t *data, size_t size, size_t at, Selectors *read, bint *is_free
) noexcept nogil:
    """Appends the parts of the compound at `at`, gives where it ends, 0 where there is none.

    It is free if any element could match it, also one that the parser makes by itself.
    """
    cdef size_t begin = at, end
    cdef Part *part
    is_free[0] = True
    if at < size and is_letter(data[at]):
        part = &read.parts[read.part_count]
        part.kind = TYPE
        part.name = <uint16_t>at
        at = past_name(data, size, at)
        part.name_end = <uint16_t>at
        read.part_count += 1
        is_free[0] = is_implied(data + begin, at - begin)
    elif at < size and data[at] == 0x2A:
        at += 1
    while at < size:
        part = &read.parts[read.part_count]
        if data[at] == 0x2E or data[at] == 0x23:
            end = past_identifier(data, size, at + 1)
            if end == at + 1:
                return 0
            part.kind = CLASS if data[at] == 0x2E else ID
            part.name = <uint16_t>(at + 1)
            part.name_end = <uint16_t>end
            read.part_count += 1
            is_free[0] = False
        elif data[at] == 0x5B:
            end = past_attribute(data, size, at, part)
            read.part_count += 1
            is_free[0] = False
        elif data[at] == 0x3A:
            end = past_pseudo(data, size, at)
        else:
            break
        if end == 0:
            return 0
        at = end
    return at if at > begin else 0


cdef size_t read_selectors(const uint8_t *data, size_t size, Selectors *read) noexcept nogil:
    """The selectors at a rule's beginning; gives where its "{" is, 0 where they are beyond this grammar."""
    cdef size_t at = 0, behind, first
    cdef bint is_free = True, has_space
    read.part_count = 0
    read.compound_count = 0
    read.count = 0
    read.firsts[0] = 0
    read.compounds[0] = 0
    while True:
        at = past_spaces(data, size, at)
        first = read.part_count
        at = read_compound(data, size, at, read, &is_free)
        if at == 0:
            return 0
        behind = past_spaces(data, size, at)
        if behind == size:
            return 0
        has_space = behind > at
        at = behind
        if data[at] == 0x2C or data[at] == 0x7B:
            # Nobody can say that an element of any kind is not there.
            if is_free:
                return 0
            read.compound_count += 1
            read.compounds[read.compound_count] = <uint16_t>read.part_count
            read.count += 1
            read.firsts[read.count] = <uint16_t>read.compound_count
            if data[at] == 0x7B:
                return at
            at += 1
        elif data[at] == 0x2B or data[at] == 0x7E:
            # What stands beside an element has the same elements around it: those still count.
            read.part_count = first
            at += 1
        elif data[at] == 0x3E or has_space:
            # A child is also a descendant, and stays one where end tags are left out.
            if is_free:
                read.part_count = first
            else:
                read.compound_count += 1
                read.compounds[read.compound_count] = <uint16_t>read.part_count
            if data[at] == 0x3E:
                at += 1
        else:
            return 0


cdef bint is_balanced(int state, int nesting, const uint8_t *data, size_t size, size_t at) noexcept nogil:
    """Whether browsers read the rest of a style rule to the same end as the lexer does."""
    cdef Rule rule
    cdef int before
    cdef uint8_t c
    cdef size_t depth = 1 if S_URL_OPEN <= state <= S_URL_ESCAPE else 0
    cdef bint bracket = False
    rule.nesting = nesting
    rule.is_at = False
    rule.is_head = False
    rule.in_group = False
    while at < size:
        c = data[at]
        before = state
        state = rule_step(before, c, &rule)
        at += 1
        if before == S_URL_OPEN or before == S_URL_BODY:
            if c == 0x29:
                depth -= 1
        elif before == S_RULE or before == S_IDENT or before == S_RULE_SLASH or before == S_U or before == S_UR or (
            before == S_URL
        ):
            # "<!--" and escapes in names are read in another way; "@layer" has an effect even where nothing matches.
            if c == 0x3C or c == 0x40 or c == 0x5C:
                return False
            if c == 0x28:
                if bracket:
                    return False
                depth += 1
            elif c == 0x29:
                if bracket or depth == 0:
                    return False
                depth -= 1
            elif c == 0x5B:
                if bracket or depth:
                    return False
                bracket = True
            elif c == 0x5D:
                if not bracket:
                    return False
                bracket = False
            elif (c == 0x7B or c == 0x7D) and (bracket or depth):
                return False
        if state == ENDS_AFTER or state == ENDS_BEFORE:
            return state == ENDS_AFTER and at == size
        if rule.nesting == DEEPEST:
            return False
    return not bracket and (depth == 0 or (depth == 1 and S_URL_OPEN <= state <= S_URL_ESCAPE))


cdef bint may_drop_style(uint16_t flags, const uint8_t *data, size_t size) noexcept nogil:
    """Whether a CSS piece is one of a style rule that rule 7 can be applied to."""
    cdef Selectors read
    cdef int state = flags & 0x7F
    cdef int nesting = (flags & NESTING_MASK) >> NESTING_SHIFT
    cdef size_t brace
    if state == S_CSS:
        brace = read_selectors(data, size, &read)
        return brace != 0 and is_balanced(S_RULE, 1, data, size, brace + 1)
    if not S_RULE <= state <= S_URL_ESCAPE or state == S_ESCAPE or flags & (F_HEAD | F_AT):
        return False
    return 0 < nesting < DEEPEST and is_balanced(state, nesting, data, size, 0)


cdef bint is_named(const uint8_t *data, const Part *part, const uint8_t *name, size_t size) noexcept nogil:
    """Whether a part's name, escapes resolved, is this one; ASCII case ignored."""
    cdef size_t at = part.name, i
    cdef uint8_t c, d
    for i in range(size):
        if at < part.name_end and data[at] == 0x5C:
            at += 1
        if at >= part.name_end:
            return False
        c, d = data[at], name[i]
        if (c | 0x20 if is_letter(c) else c) != (d | 0x20 if is_letter(d) else d):
            return False
        at += 1
    return at == part.name_end
