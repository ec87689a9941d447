"""Writes selectors and declarations in fewer bytes; the computed style of no element changes.

Only what is the same in every browser is rewritten: white-space, comments, zeros, the spelling of colours and numbers,
quotes. A declaration with an escape or comment inside, and a custom property's value, is written as it stands.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcmp
from optimizer.css.declarations cimport IS_CUSTOM, IS_DROPPED, IS_IMPORTANT, IS_VERBATIM, Declaration, Declarations
from optimizer.css.scan cimport (
    KINDS, LETTER, NAME, is_comment, is_escape, is_name, is_one_of, is_space, is_word, past_escape, past_name,
    past_string,
)
from optimizer.css.values cimport Values

# Properties of one value for each side.
cdef const char **SIDES = [b"margin", b"padding", b"border-width", b"border-style", b"border-color", NULL]


cdef class Writer(Values):
    """Selectors, preludes and declarations, written."""

    cdef int selector(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil:
        """One complex selector or a list. Written as it stands where it holds a comment."""
        cdef const uint8_t *place = cursor
        cdef const uint8_t *stop
        cdef int depth = 0
        cdef size_t begin = self.size
        cdef bint is_spaced = False
        cdef uint8_t byte
        while place < end:
            if is_comment(place, end):
                return self.put(cursor, end)
            if place[0] == 0x22 or place[0] == 0x27:
                place = past_string(place, end)
            else:
                place += 1
        while cursor < end:
            byte = cursor[0]
            if is_space(byte):
                is_spaced = True
                cursor += 1
                continue
            if is_spaced:
                is_spaced = False
                if self.size > begin and not (
                    depth == 0 and (is_combinator(byte) or is_combinator(self.data[self.size - 1]))
                ):
                    self.put_byte(0x20)
            if is_escape(cursor, end):
                # Also the space that ends it.
                stop = past_escape(cursor, end)
                self.put(cursor, stop)
                cursor = stop
                continue
            if byte == 0x22 or byte == 0x27:
                stop = past_string(cursor, end)
                if depth and self.data[self.size - 1] == 0x3D and is_plain_name(cursor + 1, stop - 1) and (
                    stop < end and stop[0] == 0x5D
                ):
                    self.put(cursor + 1, stop - 1)
                else:
                    self.put(cursor, stop)
                cursor = stop
                continue
            if byte == 0x28 or byte == 0x5B:
                depth += 1
            elif byte == 0x29 or byte == 0x5D:
                depth -= 1
            elif byte == 0x3A and depth == 0 and cursor + 2 < end and cursor[1] == 0x3A:
                stop = past_name(cursor + 2, end)
                if is_word(cursor + 2, stop, b"before") or is_word(cursor + 2, stop, b"after"):
                    cursor += 1  # one colon does, since CSS 2
            self.put_byte(byte)
            cursor += 1
        return 0

    cdef int prelude(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil:
        """What stands between an at-rule's name and its block. Left as it is where it holds a comment or string."""
        cdef const uint8_t *place = cursor
        cdef bint is_spaced = False
        cdef size_t begin = self.size
        cdef uint8_t byte
        while end > cursor and is_space(end[-1]):
            end -= 1
        while place < end:
            if is_comment(place, end) or place[0] == 0x22 or place[0] == 0x27 or place[0] == 0x5C:
                return self.put(cursor, end)
            place += 1
        while cursor < end:
            byte = cursor[0]
            if is_space(byte):
                is_spaced = True
            else:
                if is_spaced and not (
                    byte == 0x2C or byte == 0x29
                    or (self.size > begin and (
                        self.data[self.size - 1] == 0x2C or self.data[self.size - 1] == 0x28
                        or (self.data[self.size - 1] == 0x3A and is_name(byte))
                    ))
                ):
                    self.put_byte(0x20)
                is_spaced = False
                self.put_byte(byte)
            cursor += 1
        return 0

    cdef int declarations(self, const uint8_t *base, Declarations read, int32_t first, int32_t last) except -1 nogil:
        """Declarations that are not dropped, with semicolons between."""
        cdef int32_t place
        cdef bint is_first = True
        for place in range(first, last):
            if read.listed[place].flags & IS_DROPPED:
                continue
            if not is_first:
                self.put_byte(0x3B)
            is_first = False
            self.declaration(base, &read.listed[place])
        return 0

    cdef int declaration(self, const uint8_t *base, Declaration *read) except -1 nogil:
        cdef const uint8_t *name = base + read.start
        cdef const uint8_t *name_end = base + read.name_end
        cdef const uint8_t *value = base + read.value
        cdef const uint8_t *end = base + read.value_end
        cdef const uint8_t *mark = b"!important"
        cdef size_t begin
        self.put(name, name_end)
        self.put_byte(0x3A)
        begin = self.size
        if read.flags & (IS_VERBATIM | IS_CUSTOM):
            self.put(value, end)
        else:
            self.value(value, end, name, name_end)
            if is_one_of(name, name_end, SIDES):
                self.fold_sides(begin)
        if read.flags & IS_IMPORTANT:
            self.put(mark, mark + 10)
        return 0

    cdef int fold_sides(self, size_t begin) except -1 nogil:
        """`a a a a` to `a`, `a b a b` to `a b`, `a b c b` to `a b c`, in what was written from `begin` on."""
        cdef size_t starts[5]
        cdef size_t place
        cdef int count = 1
        starts[0] = begin
        for place in range(begin, self.size):
            if self.data[place] == 0x28 or self.data[place] == 0x2C:
                return 0
            if self.data[place] == 0x20:
                if count == 4:
                    return 0
                starts[count] = place + 1
                count += 1
        starts[count] = self.size + 1
        if count == 4 and self.equal(starts, 1, 3):
            count = 3
        if count == 3 and self.equal(starts, 0, 2):
            count = 2
        if count == 2 and self.equal(starts, 0, 1):
            count = 1
        self.size = starts[count] - 1
        return 0

    cdef bint equal(self, size_t *starts, int a, int b) noexcept nogil:
        cdef size_t width = starts[a + 1] - starts[a]
        return width == starts[b + 1] - starts[b] and (
            memcmp(self.data + starts[a], self.data + starts[b], width - 1) == 0
        )


cdef inline bint is_combinator(uint8_t byte) noexcept nogil:
    return byte == 0x3E or byte == 0x2B or byte == 0x7E or byte == 0x2C


cdef bint is_plain_name(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether a string's text is an identifier of ASCII letters, digits, - and _, so that it needs no quotes."""
    if end <= cursor or not (KINDS[cursor[0]] & LETTER or cursor[0] == 0x5F):
        return False
    while cursor < end:
        if not KINDS[cursor[0]] & NAME or cursor[0] >= 0x80 or cursor[0] == 0:
            return False
        cursor += 1
    return True


def minify_declarations(bytes text not None):
    """The declarations of a style attribute in fewer bytes; the same bytes where they are not understood."""
    cdef const uint8_t *base = text
    cdef Declarations read = Declarations()
    cdef Writer writer = Writer()
    if not read.read(base, 0, <uint32_t>len(text), 0):
        return text
    writer.declarations(base, read, 0, read.count)
    return writer.data[: writer.size] if writer.size < <size_t>len(text) else text


def minify_selector(bytes text not None):
    """A selector list in fewer bytes."""
    cdef const uint8_t *base = text
    cdef Writer writer = Writer()
    writer.selector(base, base + len(text))
    return writer.data[: writer.size]
