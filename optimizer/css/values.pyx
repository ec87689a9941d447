"""Writes the values of declarations in fewer bytes; what they say is the same in every browser."""

from libc.stdint cimport uint8_t
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy
from optimizer.css.scan cimport (
    DIGIT, HEX, KINDS, is_name, is_one_of, is_space, is_word, lower, opens_url, past_name, past_string, past_url,
)

# Properties in which a length of 0 needs no unit, whatever stands beside it.
cdef const char **LENGTHS = [
    b"margin", b"margin-top", b"margin-right", b"margin-bottom", b"margin-left", b"padding", b"padding-top",
    b"padding-right", b"padding-bottom", b"padding-left", b"top", b"right", b"bottom", b"left", b"width", b"height",
    b"min-width", b"min-height", b"max-width", b"max-height", b"border", b"border-top", b"border-right",
    b"border-bottom", b"border-left", b"border-width", b"border-top-width", b"border-right-width",
    b"border-bottom-width", b"border-left-width", b"border-radius", b"border-top-left-radius",
    b"border-top-right-radius", b"border-bottom-left-radius", b"border-bottom-right-radius", b"box-shadow",
    b"text-shadow", b"text-indent", b"letter-spacing", b"word-spacing", b"outline", b"outline-width",
    b"outline-offset", b"background-position", b"border-spacing", b"-webkit-box-shadow", b"-moz-box-shadow",
    b"-webkit-border-radius", b"-moz-border-radius", b"font-size", NULL,
]
cdef const char **COLOURS = [
    b"color", b"background", b"background-color", b"border", b"border-color", b"border-top", b"border-right",
    b"border-bottom", b"border-left", b"border-top-color", b"border-right-color", b"border-bottom-color",
    b"border-left-color", b"outline", b"outline-color", b"box-shadow", b"text-shadow", b"fill", b"stroke", NULL,
]


cdef class Values:
    """Bytes that grow, and values written to them."""

    def __dealloc__(self):
        free(self.data)

    cdef int put(self, const uint8_t *start, const uint8_t *end) except -1 nogil:
        cdef void *moved
        cdef size_t more = end - start
        if self.size + more > self.room:
            moved = realloc(self.data, 2 * (self.room + more) + 256)
            if moved == NULL:
                with gil:
                    raise MemoryError
            self.data = <uint8_t *>moved
            self.room = 2 * (self.room + more) + 256
        memcpy(self.data + self.size, start, more)
        self.size += more
        return 0

    cdef int put_byte(self, uint8_t byte) except -1 nogil:
        return self.put(&byte, &byte + 1)

    cdef int value(
        self, const uint8_t *cursor, const uint8_t *end, const uint8_t *name, const uint8_t *name_end
    ) except -1 nogil:
        cdef const uint8_t *start = cursor
        cdef const uint8_t *stop
        cdef const uint8_t *short_form
        cdef int depth = 0
        cdef bint is_spaced = False, is_free = True
        cdef bint drops_unit = is_one_of(name, name_end, LENGTHS)
        cdef bint is_coloured = is_one_of(name, name_end, COLOURS)
        cdef size_t begin = self.size
        cdef uint8_t byte, before
        if is_word(name, name_end, b"filter") or is_word(name, name_end, b"-ms-filter") or (
            is_word(name, name_end, b"unicode-range") or is_word(name, name_end, b"content")
            or is_word(name, name_end, b"grid-template-areas") or is_word(name, name_end, b"src")
        ):
            return self.put(cursor, end)
        while cursor < end:
            byte = cursor[0]
            if is_space(byte):
                is_spaced = True
                cursor += 1
                continue
            before = self.data[self.size - 1] if self.size > begin else 0
            is_free = is_spaced or before == 0 or before == 0x2C or before == 0x28 or before == 0x2F
            if is_spaced and before and before != 0x2C and before != 0x28 and byte != 0x2C and byte != 0x29 and not (
                depth == 0 and (before == 0x2F or byte == 0x2F)
            ):
                self.put_byte(0x20)
            is_spaced = False
            if byte == 0x22 or byte == 0x27:
                stop = past_string(cursor, end)
                self.put(cursor, stop)
                cursor = stop
            elif byte == 0x28:
                if opens_url(start, cursor, end):
                    stop = past_url(cursor, end)
                    self.put(cursor, stop)
                    cursor = stop
                    continue
                if cursor - start >= 3 and is_word(cursor - 3, cursor, b"url") and (
                    cursor - start == 3 or not is_name(cursor[-4])
                ):
                    stop = bare_url(cursor, end)
                    if stop != NULL:
                        self.put_byte(0x28)
                        while is_space(cursor[1]):
                            cursor += 1
                        short_form = past_string(cursor + 1, end)
                        self.put(cursor + 2, short_form - 1)
                        self.put_byte(0x29)
                        cursor = stop
                        continue
                depth += 1
                self.put_byte(byte)
                cursor += 1
            elif byte == 0x29:
                depth -= 1
                self.put_byte(byte)
                cursor += 1
            elif byte == 0x23:
                stop = past_name(cursor + 1, end)
                if is_free and is_coloured:
                    self.colour(cursor, stop)
                else:
                    self.put(cursor, stop)
                cursor = stop
            elif is_free and begins_number(cursor, end):
                stop = past_number(cursor, end)
                self.number(cursor, stop, drops_unit and depth == 0)
                cursor = stop
            elif is_name(byte):
                stop = past_name(cursor, end)
                if is_free and depth == 0 and is_coloured and not (stop < end and stop[0] == 0x28):
                    short_form = short_colour(cursor, stop)
                    if short_form != NULL:
                        self.put(short_form, short_form + 4)
                        cursor = stop
                        continue
                if is_free and is_word(name, name_end, b"font-weight") and is_word(cursor, stop, b"bold"):
                    short_form = b"700"
                    self.put(short_form, short_form + 3)
                elif is_free and is_word(name, name_end, b"font-weight") and is_word(cursor, stop, b"normal"):
                    short_form = b"400"
                    self.put(short_form, short_form + 3)
                else:
                    self.put(cursor, stop)
                cursor = stop
            else:
                self.put_byte(byte)
                cursor += 1
        return 0

    cdef int colour(self, const uint8_t *start, const uint8_t *end) except -1 nogil:
        """A hash: a colour in hexadecimal in lower case, with one digit a channel where that says the same."""
        cdef const uint8_t *cursor = start + 1
        cdef Py_ssize_t digits = end - start - 1, place
        cdef bint is_double = digits == 6 or digits == 8
        while cursor < end:
            if not KINDS[cursor[0]] & HEX:
                return self.put(start, end)
            cursor += 1
        for place in range(0, digits - 1, 2):
            if lower(start[1 + place]) != lower(start[2 + place]):
                is_double = False
        self.put_byte(0x23)
        cursor = start + 1
        while cursor < end:
            self.put_byte(lower(cursor[0]))
            cursor += 2 if is_double else 1
        return 0

    cdef int number(self, const uint8_t *start, const uint8_t *end, bint drops_unit) except -1 nogil:
        """A number with its unit, without zeros that say nothing."""
        cdef const uint8_t *cursor = start
        cdef const uint8_t *whole
        cdef const uint8_t *point
        cdef const uint8_t *last
        cdef const uint8_t *unit
        cdef bint is_zero = True
        if cursor[0] == 0x2B or cursor[0] == 0x2D:
            cursor += 1
        whole = cursor
        while cursor < end and KINDS[cursor[0]] & DIGIT:
            if cursor[0] != 0x30:
                is_zero = False
            cursor += 1
        point = cursor
        if cursor + 1 < end and cursor[0] == 0x2E and KINDS[cursor[1]] & DIGIT:
            cursor += 1
            while cursor < end and KINDS[cursor[0]] & DIGIT:
                if cursor[0] != 0x30:
                    is_zero = False
                cursor += 1
        last = unit = cursor
        if unit < end and lower(unit[0]) == 0x65 and (
            unit + 1 < end and (KINDS[unit[1]] & DIGIT or unit[1] == 0x2B or unit[1] == 0x2D)
        ):
            return self.put(start, end)
        if is_zero and unit < end and drops_unit and start == whole and is_length(unit, end):
            return self.put_byte(0x30)
        while last > point + 1 and last[-1] == 0x30:
            last -= 1
        if last == point + 1:
            # 1.0 is no integer and 1 is one: they differ where there is no unit.
            if unit == end and unit > point:
                return self.put(start, end)
            last = point
        if start < whole:
            self.put(start, whole)
        while whole + 1 < point and whole[0] == 0x30:
            whole += 1
        if whole + 1 == point and whole[0] == 0x30 and last > point:
            whole += 1
        self.put(whole, last)
        return self.put(unit, end)


cdef inline bint begins_number(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    if cursor[0] == 0x2B or cursor[0] == 0x2D:
        cursor += 1
    if cursor < end and cursor[0] == 0x2E:
        cursor += 1
    return cursor < end and KINDS[cursor[0]] & DIGIT


cdef const uint8_t *past_number(const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Behind a number and its unit."""
    if cursor[0] == 0x2B or cursor[0] == 0x2D:
        cursor += 1
    while cursor < end and KINDS[cursor[0]] & DIGIT:
        cursor += 1
    if cursor + 1 < end and cursor[0] == 0x2E and KINDS[cursor[1]] & DIGIT:
        cursor += 1
        while cursor < end and KINDS[cursor[0]] & DIGIT:
            cursor += 1
    if cursor + 1 < end and lower(cursor[0]) == 0x65 and (cursor[1] == 0x2B or cursor[1] == 0x2D):
        cursor += 2
    if cursor < end and cursor[0] == 0x25:
        return cursor + 1
    return past_name(cursor, end)


cdef bint is_length(const uint8_t *unit, const uint8_t *end) noexcept nogil:
    return is_word(unit, end, b"px") or is_word(unit, end, b"em") or is_word(unit, end, b"rem") or (
        is_word(unit, end, b"pt") or is_word(unit, end, b"cm") or is_word(unit, end, b"mm") or is_word(unit, end, b"in")
    )


cdef const uint8_t *short_colour(const uint8_t *start, const uint8_t *end) noexcept nogil:
    if is_word(start, end, b"white"):
        return b"#fff"
    if is_word(start, end, b"black"):
        return b"#000"
    if is_word(start, end, b"yellow"):
        return b"#ff0"
    if is_word(start, end, b"magenta") or is_word(start, end, b"fuchsia"):
        return b"#f0f"
    return NULL


cdef const uint8_t *bare_url(const uint8_t *paren, const uint8_t *end) noexcept nogil:
    """Behind `url("…")` where its address needs no quotes; else NULL."""
    cdef const uint8_t *cursor = paren + 1
    cdef const uint8_t *stop
    cdef const uint8_t *place
    while cursor < end and is_space(cursor[0]):
        cursor += 1
    if cursor >= end or (cursor[0] != 0x22 and cursor[0] != 0x27):
        return NULL
    stop = past_string(cursor, end)
    if stop - cursor < 3 or stop[-1] != cursor[0]:
        return NULL
    place = cursor + 1
    while place < stop - 1:
        # Quotes, brackets, white-space, backslashes, and bytes that are no printable ASCII need the quotes.
        if place[0] <= 0x20 or place[0] >= 0x7F or place[0] == 0x22 or place[0] == 0x27 or place[0] == 0x28 or (
            place[0] == 0x29 or place[0] == 0x5C
        ):
            return NULL
        place += 1
    while stop < end and is_space(stop[0]):
        stop += 1
    return stop + 1 if stop < end and stop[0] == 0x29 else NULL
