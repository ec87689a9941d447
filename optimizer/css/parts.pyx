"""Where the parts of selectors are kept while a rule is judged, and how their names are spelled out."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from libc.stdlib cimport free, realloc
from optimizer.css.page_index cimport PageIndex
from optimizer.css.scan cimport DIGIT, HEX, KINDS, is_space, is_word, lower, past_filling
from optimizer.css.words cimport ScriptNames


cdef class Parts:
    """The parts of one rule's selectors at a time."""

    def __init__(self, PageIndex page not None, ScriptNames names not None):
        self.page = page
        self.names = names

    def __dealloc__(self):
        free(self.simples)
        free(self.compounds)
        free(self.complexes)
        free(self.scratch)

    cdef void clear(self) noexcept nogil:
        self.simple_count = self.compound_count = self.complex_count = self.scratch_size = 0

    cdef int read_nth(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, uint8_t turn
    ) except -1 nogil:
        """Adds :nth-…(an+b); one that is more than that may match."""
        cdef int32_t simple = self.add_simple(compound, NTH)
        cdef int32_t a = 0, b = 0, sign = 1, digits = 0
        cdef bint is_known = True
        cursor = past_filling(cursor, end)
        while end > cursor and is_space(end[-1]):
            end -= 1
        if is_word(cursor, end, b"odd") or is_word(cursor, end, b"even"):
            a = 2
            b = 1 if lower(cursor[0]) == 0x6F else 0
        else:
            if cursor < end and (cursor[0] == 0x2B or cursor[0] == 0x2D):
                sign = -1 if cursor[0] == 0x2D else 1
                cursor += 1
            while cursor < end and KINDS[cursor[0]] & DIGIT and digits < 8:
                b = 10 * b + cursor[0] - 0x30
                digits += 1
                cursor += 1
            if cursor < end and lower(cursor[0]) == 0x6E:
                a = sign * (b if digits else 1)
                b = 0
                cursor = past_filling(cursor + 1, end)
                if cursor < end:
                    sign = -1 if cursor[0] == 0x2D else 1
                    is_known = cursor[0] == 0x2B or cursor[0] == 0x2D
                    cursor = past_filling(cursor + 1, end)
                    digits = 0
                    while cursor < end and KINDS[cursor[0]] & DIGIT and digits < 8:
                        b = 10 * b + cursor[0] - 0x30
                        digits += 1
                        cursor += 1
                    is_known = is_known and digits > 0
                    b *= sign
            else:
                b *= sign
                is_known = digits > 0
            is_known = is_known and cursor == end
        if not is_known:
            self.simples[simple].kind = WILD
            self.complexes[whole].flags |= IS_UNSURE
        self.simples[simple].a = a
        self.simples[simple].b = b
        self.simples[simple].turn = turn
        return 0

    cdef int64_t put_name(self, const uint8_t *cursor, const uint8_t *end, bint fold) except -2 nogil:
        """Where the scratch bytes hold a name or string with its escapes resolved; -1: bytes do not tell it."""
        cdef uint32_t place = self.scratch_size
        cdef uint32_t code
        cdef int digits
        cdef uint8_t *moved
        if self.scratch_size + (end - cursor) + 4 > self.scratch_room:
            self.scratch_room = 2 * (self.scratch_room + <uint32_t>(end - cursor)) + 256
            moved = <uint8_t *>realloc(self.scratch, self.scratch_room)
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.scratch = moved
        while cursor < end:
            if cursor[0] == 0x5C:
                code = 0
                digits = 0
                cursor += 1
                if cursor < end and KINDS[cursor[0]] & HEX:
                    while cursor < end and digits < 6 and KINDS[cursor[0]] & HEX:
                        code = 16 * code + (
                            cursor[0] - 0x30 if KINDS[cursor[0]] & DIGIT else lower(cursor[0]) - 0x57
                        )
                        digits += 1
                        cursor += 1
                    if cursor < end and is_space(cursor[0]):
                        cursor += 2 if cursor[0] == 0x0D and cursor + 1 < end and cursor[1] == 0x0A else 1
                    if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
                        return -1
                    self.put_character(lower(<uint8_t>code) if fold and code < 0x80 else code)
                    continue
                if cursor >= end or cursor[0] == 0x0A or cursor[0] == 0x0D or cursor[0] == 0x0C:
                    return -1  # only in strings: rare
            if cursor[0] == 0:
                return -1
            if cursor[0] >= 0xEF or 0xC0 <= cursor[0] <= 0xC1:
                # U+FFFD, which stands for any bytes that are none, private use, and what may be no UTF-8.
                return -1
            if cursor[0] >= 0x80 and not is_whole(cursor, end):
                return -1
            self.scratch[self.scratch_size] = lower(cursor[0]) if fold else cursor[0]
            self.scratch_size += 1
            cursor += 1
            while cursor < end and 0x80 <= cursor[0] < 0xC0:
                self.scratch[self.scratch_size] = cursor[0]
                self.scratch_size += 1
                cursor += 1
        return place

    cdef void put_character(self, uint32_t code) noexcept nogil:
        """Appends a character in UTF-8; its escape was at least as long."""
        cdef uint8_t *out = self.scratch + self.scratch_size
        if code < 0x80:
            out[0] = <uint8_t>code
            self.scratch_size += 1
        elif code < 0x800:
            out[0] = <uint8_t>(0xC0 | code >> 6)
            out[1] = <uint8_t>(0x80 | code & 0x3F)
            self.scratch_size += 2
        elif code < 0x10000:
            out[0] = <uint8_t>(0xE0 | code >> 12)
            out[1] = <uint8_t>(0x80 | code >> 6 & 0x3F)
            out[2] = <uint8_t>(0x80 | code & 0x3F)
            self.scratch_size += 3
        else:
            out[0] = <uint8_t>(0xF0 | code >> 18)
            out[1] = <uint8_t>(0x80 | code >> 12 & 0x3F)
            out[2] = <uint8_t>(0x80 | code >> 6 & 0x3F)
            out[3] = <uint8_t>(0x80 | code & 0x3F)
            self.scratch_size += 4

    cdef int32_t add_simple(self, int32_t compound, uint8_t kind) except -1 nogil:
        cdef Simple *simple
        cdef void *moved
        if self.simple_count == self.simple_room:
            moved = realloc(self.simples, (2 * <size_t>self.simple_room + 64) * sizeof(Simple))
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.simples = <Simple *>moved
            self.simple_room = 2 * self.simple_room + 64
        simple = &self.simples[self.simple_count]
        simple.kind = kind
        simple.op = simple.turn = 0
        simple.is_mentioned = False
        simple.atom = simple.inner = -1
        simple.a = simple.b = 0
        simple.value = simple.size = 0
        simple.next = self.compounds[compound].first
        self.compounds[compound].first = self.simple_count
        self.simple_count += 1
        return self.simple_count - 1

    cdef int32_t add_compound(self) except -1 nogil:
        cdef void *moved
        if self.compound_count == self.compound_room:
            moved = realloc(self.compounds, (2 * <size_t>self.compound_room + 32) * sizeof(Compound))
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.compounds = <Compound *>moved
            self.compound_room = 2 * self.compound_room + 32
        self.compounds[self.compound_count].first = self.compounds[self.compound_count].left = -1
        self.compounds[self.compound_count].combinator = 0
        self.compounds[self.compound_count].is_makeable = not self.names.is_empty
        self.compounds[self.compound_count].is_available = -1
        self.compound_count += 1
        return self.compound_count - 1

    cdef int32_t add_complex(self) except -1 nogil:
        cdef void *moved
        if self.complex_count == self.complex_room:
            moved = realloc(self.complexes, (2 * <size_t>self.complex_room + 16) * sizeof(Complex))
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.complexes = <Complex *>moved
            self.complex_room = 2 * self.complex_room + 16
        self.complexes[self.complex_count].last = self.complexes[self.complex_count].next = -1
        self.complexes[self.complex_count].flags = 0
        self.complexes[self.complex_count].element = self.complexes[self.complex_count].element_end = 0
        self.complex_count += 1
        return self.complex_count - 1


cdef bint is_whole(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether a character of two or three bytes stands here as UTF-8 has it."""
    cdef int more = 1 if cursor[0] < 0xE0 else 2
    cdef int place
    if cursor[0] < 0xC2 or end - cursor <= more:
        return False
    for place in range(1, more + 1):
        if not 0x80 <= cursor[place] < 0xC0:
            return False
    if cursor[0] == 0xE0 and cursor[1] < 0xA0 or cursor[0] == 0xED and cursor[1] >= 0xA0:
        return False
    return end - cursor == more + 1 or not 0x80 <= cursor[more + 1] < 0xC0
