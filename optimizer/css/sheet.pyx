"""Cuts a style sheet into its rules, as CSS Syntax 3 does; rules in groups follow their group, in source order.

Only what decides where rules begin and end is read. What browsers of different years would cut differently is marked
as odd or broken, and nobody touches it.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport free, realloc

from optimizer.css.scan cimport (
    KINDS, SPACE, TELLING, begins_name, is_comment, is_escape, is_word, opens_url, past_comment, past_escape,
    past_filling, past_name, past_string, past_url,
)

cdef enum:
    DEEPEST = 64

KIND_NAMES = (
    "style", "group", "layer", "statement", "keyframes", "font-face", "property", "counter-style", "other", "broken"
)


cdef Span skip(const uint8_t *cursor, const uint8_t *end, bint to_brace, bint in_group) noexcept nogil:
    """To the brace that opens a block (`;`, and in a group `}`, end it too), or to the one that closes this block."""
    cdef uint8_t stack[DEEPEST]
    cdef int depth = 0
    cdef const uint8_t *start = cursor
    cdef uint8_t byte
    cdef Span span
    span.is_beyond = False
    while cursor < end:
        byte = cursor[0]
        if not KINDS[byte] & TELLING:
            cursor += 1
        elif byte == 0x22 or byte == 0x27:
            cursor = past_string(cursor, end)
        elif byte == 0x2F:
            cursor = past_comment(cursor, end) if is_comment(cursor, end) else cursor + 1
        elif byte == 0x5C:
            cursor = past_escape(cursor, end) if is_escape(cursor, end) else cursor + 1
            if cursor < end and cursor[0] == 0x28:
                span.is_beyond = True  # the name before a bracket may be `url` in disguise
        elif byte == 0x3B:
            if to_brace and not depth:
                break
            cursor += 1
        elif byte == 0x28 and opens_url(start, cursor, end):
            cursor = past_url(cursor, end)
        elif byte == 0x28 or byte == 0x5B or byte == 0x7B:
            if byte == 0x7B and to_brace and not depth:
                break
            if depth == DEEPEST:
                span.is_beyond = True
                cursor = end
                break
            stack[depth] = byte + (1 if byte == 0x28 else 2)
            depth += 1
            cursor += 1
        else:
            if depth:
                if stack[depth - 1] == byte:
                    depth -= 1
            elif byte == 0x7D and (in_group or not to_brace):
                break
            cursor += 1
    span.at = cursor
    return span


cdef class Sheet:
    """One style element's text, or one file, in rules."""

    def __init__(self, bytes text):
        if len(text) > 0x7FFFFFFF:
            raise OverflowError("a style sheet of 2 GiB and more")
        self.text = text
        self.base = text
        self.size = <uint32_t>len(text)
        self.last_import = -1
        self.read_rules()

    def __dealloc__(self):
        free(self.rules)

    def __len__(self):
        return self.count

    def rule(self, int32_t index):
        """Kind, start, brace and end of a rule, and the index of its group or -1."""
        if not 0 <= index < self.count:
            raise IndexError(index)
        cdef Rule rule = self.rules[index]
        return KIND_NAMES[rule.kind], rule.start, rule.brace, rule.end, rule.parent

    cdef int add(self, Rule rule) except -1 nogil:
        cdef Rule *moved
        if self.count == self.room:
            moved = <Rule *>realloc(self.rules, sizeof(Rule) * (2 * self.room + 64))
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.rules = moved
            self.room = 2 * self.room + 64
        self.rules[self.count] = rule
        self.count += 1
        return 0

    cdef int read_rules(self) except -1 nogil:
        cdef const uint8_t *base = self.base
        cdef const uint8_t *end = base + self.size
        cdef const uint8_t *cursor = base
        cdef int32_t group = -1
        cdef int depth = 0
        cdef bint is_at
        cdef Rule rule
        cdef Span span
        while cursor < end:
            if KINDS[cursor[0]] & SPACE or is_comment(cursor, end):
                cursor = past_filling(cursor, end)
                continue
            if group >= 0 and cursor[0] == 0x7D:
                cursor += 1
                self.rules[group].end = <uint32_t>(cursor - base)
                self.rules[group].flags &= ~IS_OPEN
                group = self.rules[group].parent
                depth -= 1
                continue
            if group >= 0 and cursor[0] == 0x3B:
                # CSS Syntax of today passes over it; Chromium takes it for the beginning of the next rule.
                self.rules[group].flags |= IS_ODD
                cursor += 1
                continue
            if group < 0 and end - cursor >= 3 and (
                (cursor[0] == 0x2D and cursor[1] == 0x2D and cursor[2] == 0x3E)
                or (
                    end - cursor >= 4 and cursor[0] == 0x3C and cursor[1] == 0x21 and cursor[2] == 0x2D
                    and cursor[3] == 0x2D
                )
            ):
                cursor += 3 if cursor[0] == 0x2D else 4
                continue
            is_at = cursor[0] == 0x40 and begins_name(cursor + 1, end)
            rule.start = <uint32_t>(cursor - base)
            rule.parent = group
            rule.kind = STYLE
            rule.flags = 0
            rule.prelude = rule.start
            if is_at:
                cursor = past_name(cursor + 1, end)
                rule.kind, rule.flags = kind_of(base + rule.start + 1, cursor)
                rule.prelude = <uint32_t>(cursor - base)
            span = skip(cursor, end, True, group >= 0)
            if span.is_beyond:
                self.is_beyond = True
            cursor = span.at
            rule.brace = <uint32_t>(cursor - base)
            if cursor >= end or cursor[0] != 0x7B:
                # A statement, or something that is none and ends here.
                if cursor < end and cursor[0] == 0x3B:
                    cursor += 1
                elif cursor >= end:
                    rule.flags |= IS_OPEN
                rule.end = <uint32_t>(cursor - base)
                if not is_at:
                    if group < 0 and cursor < end:
                        # Outside groups a semicolon does not end a rule's prelude, nor does a lone brace.
                        cursor = self.end_of_odd(cursor, end)
                        rule.end = <uint32_t>(cursor - base)
                    rule.kind = BROKEN
                    if group >= 0:
                        self.rules[group].flags |= IS_ODD
                elif rule.kind == LAYER:
                    rule.kind = STATEMENT
                    rule.flags |= IS_LAYER
                elif rule.kind != STATEMENT:
                    rule.kind = BROKEN
                if rule.flags & (IS_IMPORT | IS_NAMESPACE) and group < 0:
                    self.last_import = self.count
                self.add(rule)
                continue
            if rule.kind == STATEMENT:
                rule.kind = BROKEN
            if rule.kind == GROUP or rule.kind == LAYER:
                depth += 1
                if depth >= DEEPEST:
                    self.is_beyond = True
                cursor += 1
                rule.flags |= IS_OPEN
                rule.end = self.size
                group = self.count
                self.add(rule)
                continue
            span = skip(cursor + 1, end, False, True)
            if span.is_beyond:
                self.is_beyond = True
            cursor = span.at
            if cursor < end:
                cursor += 1
            else:
                rule.flags |= IS_OPEN
            rule.end = <uint32_t>(cursor - base)
            self.add(rule)
        return 0

    cdef const uint8_t *end_of_odd(self, const uint8_t *cursor, const uint8_t *end) noexcept nogil:
        """Behind the block of a rule whose prelude holds a semicolon."""
        cdef Span span
        while cursor < end:
            span = skip(cursor, end, True, False)
            if span.is_beyond:
                self.is_beyond = True
            cursor = span.at
            if cursor >= end:
                return end
            if cursor[0] == 0x7B:
                span = skip(cursor + 1, end, False, True)
                if span.is_beyond:
                    self.is_beyond = True
                return span.at + 1 if span.at < end else end
            cursor += 1
        return end


cdef (uint8_t, uint8_t) kind_of(const uint8_t *name, const uint8_t *end) noexcept nogil:
    """Kind and flags of the at-rule with this name."""
    if is_word(name, end, b"media") or is_word(name, end, b"supports") or is_word(name, end, b"container"):
        return GROUP, 0
    if is_word(name, end, b"font-face"):
        return FONT_FACE, 0
    if is_word(name, end, b"keyframes") or is_word(name, end, b"-webkit-keyframes"):
        return KEYFRAMES, 0
    if is_word(name, end, b"-moz-keyframes") or is_word(name, end, b"-o-keyframes"):
        return KEYFRAMES, 0
    if is_word(name, end, b"layer"):
        return LAYER, 0
    if is_word(name, end, b"scope"):
        return GROUP, IS_SCOPE
    if is_word(name, end, b"starting-style"):
        return GROUP, 0
    if is_word(name, end, b"property"):
        return PROPERTY, 0
    if is_word(name, end, b"counter-style"):
        return COUNTER_STYLE, 0
    if is_word(name, end, b"import"):
        return STATEMENT, IS_IMPORT
    if is_word(name, end, b"namespace"):
        return STATEMENT, IS_NAMESPACE
    if is_word(name, end, b"charset"):
        return STATEMENT, 0
    return OTHER, 0
