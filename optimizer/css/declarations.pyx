"""Reads a block's declarations (CSS Syntax 3, 5.5.5). What is no declaration is no loss: browsers drop it, so do we."""

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport free, realloc
from optimizer.css.scan cimport begins_name, is_comment, is_space, lower, past_filling, past_name
from optimizer.css.sheet cimport Span, skip
from optimizer.css.words cimport mixed, seed


cdef class Declarations:
    """The declarations of many blocks, one after the other."""

    def __dealloc__(self):
        free(self.listed)

    def __len__(self):
        return self.count

    cdef int add(self, Declaration declaration) except -1 nogil:
        cdef void *moved
        if self.count == self.room:
            moved = realloc(self.listed, (2 * <size_t>self.room + 256) * sizeof(Declaration))
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.listed = <Declaration *>moved
            self.room = 2 * self.room + 256
        self.listed[self.count] = declaration
        self.count += 1
        return 0

    cdef bint read(self, const uint8_t *base, uint32_t start, uint32_t stop, int32_t rule) except -1 nogil:
        """Appends the declarations between two places; False, and none, where there are rules among them."""
        cdef const uint8_t *cursor = base + start
        cdef const uint8_t *end = base + stop
        cdef const uint8_t *name
        cdef const uint8_t *after
        cdef int32_t before = self.count
        cdef Declaration declaration
        cdef Span span
        while True:
            cursor = past_filling(cursor, end)
            if cursor >= end:
                return True
            if cursor[0] == 0x3B:
                cursor += 1
                continue
            if cursor[0] == 0x40 or cursor[0] == 0x7D:
                self.count = before
                return False
            declaration.start = <uint32_t>(cursor - base)
            declaration.rule = rule
            declaration.flags = 0
            name = cursor
            after = past_name(cursor, end) if begins_name(cursor, end) else cursor
            declaration.name_end = <uint32_t>(after - base)
            cursor = past_filling(after, end)
            if after == name or cursor >= end or cursor[0] != 0x3A:
                span = skip(name, end, True, True)
                if span.is_beyond or (span.at < end and span.at[0] != 0x3B):
                    self.count = before
                    return False
                cursor = span.at
                continue
            if name[0] == 0x2D and name[1] == 0x2D:
                declaration.flags |= IS_CUSTOM
            cursor += 1
            declaration.value = <uint32_t>(cursor - base)
            while True:
                span = skip(cursor, end, True, True)
                if span.is_beyond:
                    self.count = before
                    return False
                cursor = span.at
                if cursor >= end or cursor[0] == 0x3B:
                    break
                if cursor[0] != 0x7B or not declaration.flags & IS_CUSTOM:
                    self.count = before
                    return False
                span = skip(cursor + 1, end, False, True)
                if span.is_beyond or span.at >= end:
                    self.count = before
                    return False
                cursor = span.at + 1
            declaration.end = <uint32_t>(cursor - base)
            self.finish(base, &declaration)
            if declaration.value == declaration.value_end and not declaration.flags & IS_CUSTOM:
                continue  # no value, no declaration
            self.add(declaration)

    cdef void finish(self, const uint8_t *base, Declaration *declaration) noexcept nogil:
        """Trims the value, takes `!important` off it, and hashes the name."""
        cdef const uint8_t *value = base + declaration.value
        cdef const uint8_t *end = base + declaration.end
        cdef const uint8_t *cursor
        cdef const uint8_t *mark
        value = past_filling(value, end) if not declaration.flags & IS_CUSTOM else past_blank(value, end)
        while end > value and is_space(end[-1]) and not (end - value > 1 and end[-2] == 0x5C):
            end -= 1
        if end - value >= 10 and is_important(end - 9):
            mark = end - 9
            while mark > value and is_space(mark[-1]):
                mark -= 1
            if mark > value and mark[-1] == 0x21:
                declaration.flags |= IS_IMPORTANT
                end = mark - 1
                while end > value and is_space(end[-1]) and not (end - value > 1 and end[-2] == 0x5C):
                    end -= 1
        declaration.value = <uint32_t>(value - base)
        declaration.value_end = <uint32_t>(end - base)
        declaration.name = seed()
        cursor = base + declaration.start
        while cursor < base + declaration.name_end:
            if cursor[0] == 0x5C:
                declaration.flags |= IS_VERBATIM
            declaration.name = mixed(
                declaration.name, cursor[0] if declaration.flags & IS_CUSTOM else lower(cursor[0])
            )
            cursor += 1
        cursor = value
        while cursor < end:
            # Escapes in values are hacks for old browsers, and comments and marks in them too rare to be read.
            if cursor[0] == 0x5C or cursor[0] == 0x21 or is_comment(cursor, end):
                declaration.flags |= IS_VERBATIM
                break
            cursor += 1


cdef inline const uint8_t *past_blank(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    while cursor < end and is_space(cursor[0]):
        cursor += 1
    return cursor


cdef bint is_important(const uint8_t *cursor) noexcept nogil:
    cdef const uint8_t *word = b"important"
    cdef int place
    for place in range(9):
        if lower(cursor[place]) != word[place]:
            return False
    return True
